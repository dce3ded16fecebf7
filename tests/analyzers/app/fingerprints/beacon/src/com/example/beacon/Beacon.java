package com.example.beacon;

import android.content.Context;
import android.content.SharedPreferences;
import android.telephony.TelephonyManager;

/** Entry point of an SDK made up for tests: what it reads, sends and keeps is spread over the other classes. */
public class Beacon {
    private static final String PREFERENCES = "beacon_settings_v1";
    private final Context context;
    private final Queue queue;

    public Beacon(Context context) {
        this.context = context.getApplicationContext();
        this.queue = new Queue(this.context);
    }

    public void start(String channel) {
        SharedPreferences settings = context.getSharedPreferences(PREFERENCES, Context.MODE_PRIVATE);
        String device = settings.getString("beacon_device", null);
        if (device == null) {
            device = readDevice();
            settings.edit().putString("beacon_device", device).commit();
        }
        Runnable send = () -> new Sender(queue).send("https://beacon.example/v1/start?channel=" + channel);
        new Thread(send, "beacon-start").start();
        queue.add("start " + channel + " on " + device);
    }

    private String readDevice() {
        TelephonyManager manager = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        String id = manager.getDeviceId();
        return id == null ? "beacon-no-device" : Digest.of(id + manager.getSubscriberId());
    }
}
