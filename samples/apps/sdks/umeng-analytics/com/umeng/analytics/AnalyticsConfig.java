package com.umeng.analytics;

/** Settings. */
public class AnalyticsConfig {
    public static String channel;
}
