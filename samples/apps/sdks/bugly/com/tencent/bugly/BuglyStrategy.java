package com.tencent.bugly;

/** Settings. */
public class BuglyStrategy {
    public String channel;
}
