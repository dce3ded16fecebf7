package com.amap.api.location;

import android.content.Context;
import android.location.LocationManager;

/** Entry point of the stand-in. */
public final class AMapLocationClient {
    private final Context context;

    public AMapLocationClient(Context context) {
        this.context = context;
    }

    public void startLocation() {
        LocationManager places = (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        places.requestLocationUpdates(LocationManager.GPS_PROVIDER, 2000L, 0f, new Positions());
    }
}
