package com.bytedance.sdk.openadsdk;

/** One place for an advertisement. */
public class AdSlot {
    public String codeId;
}
