package com.bytedance.sdk.openadsdk;

/** One advertisement. */
public class TTFeedAd {
    public String title;
}
