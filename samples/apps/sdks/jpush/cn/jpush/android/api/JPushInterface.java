package cn.jpush.android.api;

import android.content.Context;
import cn.jpush.android.data.AppList;

/** Entry point of the stand-in. */
public final class JPushInterface {
    private JPushInterface() {
    }

    public static void init(Context context) {
        AppList.read(context);
    }
}
