package com.bytedance.sdk.openadsdk.utils;

import android.content.Context;
import android.location.LocationManager;
import android.provider.Settings;

/** Reads what an advertisement is chosen by. */
public final class DeviceUtils {
    private DeviceUtils() {
    }

    public static String readAndroidId(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
    }

    public static Object readCoarseLocation(Context context) {
        LocationManager places = (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        return places.getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
    }
}
