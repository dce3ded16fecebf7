package com.tencent.mm.opensdk.openapi;

import com.tencent.mm.opensdk.modelbase.BaseReq;

/** What the app may ask. */
public interface IWXAPI {
    boolean registerApp(String appId);

    boolean sendReq(BaseReq request);
}
