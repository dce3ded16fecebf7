package com.umeng.commonsdk;

import android.content.Context;
import com.umeng.commonsdk.debug.UMLog;
import com.umeng.commonsdk.utils.UMUtils;

/** Entry point of the stand-in. */
public final class UMConfigure {
    private UMConfigure() {
    }

    public static void init(Context context, String key, String channel, int kind, String secret) {
        UMUtils.readDevice(context);
        UMLog.write(key);
    }
}
