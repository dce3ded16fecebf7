package com.bytedance.sdk.openadsdk;

/** Settings. */
public class TTAdConfig {
    public String appId;
}
