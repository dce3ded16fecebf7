package com.amap.api.location;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Locates in the background. */
public class APSService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
