package com.amap.api.location;

/** Settings. */
public class AMapLocationClientOption {
    public long interval;
}
