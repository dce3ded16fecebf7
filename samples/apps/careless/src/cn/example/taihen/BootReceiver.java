package cn.example.taihen;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

/** Starts the service with the phone, whether or not the user ever agreed. */
public class BootReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        context.startService(new Intent(context, SyncService.class));
    }
}
