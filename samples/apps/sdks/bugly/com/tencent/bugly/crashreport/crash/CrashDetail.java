package com.tencent.bugly.crashreport.crash;

/** One crash. */
public class CrashDetail {
    public String stack;
}
