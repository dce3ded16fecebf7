package cn.jpush.android.data;

import android.content.Context;

/** Reads which apps are installed, for the push service's own use. */
public final class AppList {
    private AppList() {
    }

    public static int read(Context context) {
        return context.getPackageManager().getInstalledApplications(0).size();
    }
}
