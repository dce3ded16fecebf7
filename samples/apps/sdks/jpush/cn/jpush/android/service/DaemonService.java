package cn.jpush.android.service;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Lets other apps wake this one. */
public class DaemonService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
