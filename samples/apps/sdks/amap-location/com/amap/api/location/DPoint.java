package com.amap.api.location;

/** One point. */
public class DPoint {
    public double latitude;
    public double longitude;
}
