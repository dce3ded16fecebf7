package com.umeng.analytics.pro;

/** One session. */
public class Session {
    public long started;
}
