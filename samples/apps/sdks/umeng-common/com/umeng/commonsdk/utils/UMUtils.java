package com.umeng.commonsdk.utils;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.telephony.TelephonyManager;

/** Reads identifiers. */
public final class UMUtils {
    private UMUtils() {
    }

    public static String readDevice(Context context) {
        TelephonyManager phone = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        WifiManager wifi = (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
        return phone.getDeviceId() + wifi.getConnectionInfo().getMacAddress();
    }
}
