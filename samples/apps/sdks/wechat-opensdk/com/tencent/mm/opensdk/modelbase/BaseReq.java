package com.tencent.mm.opensdk.modelbase;

/** A request. */
public class BaseReq {
    public String transaction;
}
