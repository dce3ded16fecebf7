package com.tencent.bugly.crashreport;

/** Settings of the log. */
public class BuglyLog {
    public static int level;
}
