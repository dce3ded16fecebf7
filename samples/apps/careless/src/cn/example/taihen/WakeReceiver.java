package cn.example.taihen;

import android.content.BroadcastReceiver;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;

/** Wakes the sister app whenever the user unlocks the phone. */
public class WakeReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Intent sister = new Intent();
        sister.setComponent(new ComponentName("cn.example.qingtai", "cn.example.qingtai.WakeService"));
        context.startService(sister);
    }
}
