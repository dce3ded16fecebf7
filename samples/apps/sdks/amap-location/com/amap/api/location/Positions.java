package com.amap.api.location;

import android.location.Location;
import android.location.LocationListener;
import android.os.Bundle;

/** Keeps the newest position. */
final class Positions implements LocationListener {
    private Location last;

    @Override
    public void onLocationChanged(Location location) {
        last = location;
    }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) {
    }

    @Override
    public void onProviderEnabled(String provider) {
    }

    @Override
    public void onProviderDisabled(String provider) {
    }
}
