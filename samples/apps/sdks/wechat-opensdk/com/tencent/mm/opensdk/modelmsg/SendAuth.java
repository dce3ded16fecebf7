package com.tencent.mm.opensdk.modelmsg;

import com.tencent.mm.opensdk.modelbase.BaseReq;

/** Asks for a login. */
public class SendAuth extends BaseReq {
    public String scope;
}
