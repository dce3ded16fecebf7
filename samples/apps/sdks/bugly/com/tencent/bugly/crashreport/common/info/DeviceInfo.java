package com.tencent.bugly.crashreport.common.info;

import android.os.Build;

/** Reads the model and the version of the system. */
public final class DeviceInfo {
    private DeviceInfo() {
    }

    public static String readModel() {
        return Build.MODEL + Build.VERSION.RELEASE;
    }
}
