package com.tencent.mm.opensdk.openapi;

import com.tencent.mm.opensdk.modelbase.BaseReq;

/** Remembers the app and sends nothing. */
final class WXApiImpl implements IWXAPI {
    private String appId;

    WXApiImpl(String appId) {
        this.appId = appId;
    }

    @Override
    public boolean registerApp(String id) {
        appId = id;
        return true;
    }

    @Override
    public boolean sendReq(BaseReq request) {
        return appId != null && request != null;
    }
}
