package com.umeng.analytics;

import android.content.Context;
import com.umeng.analytics.process.Event;

/** Counts events. */
public final class MobclickAgent {
    private MobclickAgent() {
    }

    public static void onEvent(Context context, String name) {
        new Event(name).keep();
    }
}
