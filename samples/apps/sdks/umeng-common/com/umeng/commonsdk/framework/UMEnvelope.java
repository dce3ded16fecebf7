package com.umeng.commonsdk.framework;

/** One envelope. */
public class UMEnvelope {
    public String body;
}
