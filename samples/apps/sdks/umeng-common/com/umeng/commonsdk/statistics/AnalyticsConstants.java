package com.umeng.commonsdk.statistics;

/** Constants. */
public class AnalyticsConstants {
    public static final String OS = "Android";
}
