package com.tencent.bugly.crashreport;

import android.content.Context;
import com.tencent.bugly.crashreport.common.info.DeviceInfo;
import com.tencent.bugly.crashreport.crash.CrashHandler;

/** Entry point of the stand-in. */
public final class CrashReport {
    private CrashReport() {
    }

    public static void initCrashReport(Context context, String appId, boolean debug) {
        Thread.setDefaultUncaughtExceptionHandler(new CrashHandler(DeviceInfo.readModel()));
    }
}
