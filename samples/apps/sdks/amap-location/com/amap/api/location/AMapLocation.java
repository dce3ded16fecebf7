package com.amap.api.location;

/** One position. */
public class AMapLocation {
    public double latitude;
    public double longitude;
}
