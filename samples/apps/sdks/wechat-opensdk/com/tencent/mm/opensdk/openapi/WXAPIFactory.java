package com.tencent.mm.opensdk.openapi;

import android.content.Context;

/** Entry point of the stand-in. */
public final class WXAPIFactory {
    private WXAPIFactory() {
    }

    public static IWXAPI createWXAPI(Context context, String appId, boolean check) {
        return new WXApiImpl(appId);
    }
}
