package com.bytedance.sdk.openadsdk;

import android.content.Context;
import com.bytedance.sdk.openadsdk.utils.DeviceUtils;

/** Entry point of the stand-in. */
public final class TTAdSdk {
    private TTAdSdk() {
    }

    public static void init(Context context, String appId) {
        DeviceUtils.readAndroidId(context);
        DeviceUtils.readCoarseLocation(context);
    }
}
