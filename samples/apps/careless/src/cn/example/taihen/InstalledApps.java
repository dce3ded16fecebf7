package cn.example.taihen;

import android.content.Context;
import android.content.pm.PackageInfo;

/** A Runnable handed to a thread. */
final class InstalledApps implements Runnable {
    private final Context context;

    InstalledApps(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        StringBuilder names = new StringBuilder();
        for (PackageInfo info : context.getPackageManager().getInstalledPackages(0)) {
            names.append(info.packageName).append('\n');
        }
        Report.send(names.toString());
    }
}
