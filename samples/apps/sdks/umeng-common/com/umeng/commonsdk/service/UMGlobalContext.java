package com.umeng.commonsdk.service;

/** Holds the app's name. */
public class UMGlobalContext {
    public String appName;
}
