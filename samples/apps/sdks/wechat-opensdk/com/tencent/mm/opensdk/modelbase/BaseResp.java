package com.tencent.mm.opensdk.modelbase;

/** An answer. */
public class BaseResp {
    public int errCode;
}
