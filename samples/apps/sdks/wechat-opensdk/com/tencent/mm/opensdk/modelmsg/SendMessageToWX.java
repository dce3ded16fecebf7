package com.tencent.mm.opensdk.modelmsg;

import com.tencent.mm.opensdk.modelbase.BaseReq;

/** Shares a message. */
public class SendMessageToWX extends BaseReq {
    public String text;
}
