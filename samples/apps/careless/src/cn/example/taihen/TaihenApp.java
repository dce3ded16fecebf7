package cn.example.taihen;

import android.app.Application;
import android.content.Context;
import android.net.wifi.WifiManager;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import cn.jpush.android.api.JPushInterface;
import com.bytedance.sdk.openadsdk.TTAdSdk;
import com.tencent.bugly.crashreport.CrashReport;
import com.umeng.analytics.MobclickAgent;
import com.umeng.commonsdk.UMConfigure;

/** Reads and sends everything in onCreate, before any screen is shown. */
public class TaihenApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        String phone = readPhone();
        String mac = readMac();
        String serial = Fingerprint.SERIAL; // runs the static initialiser
        new Thread(new InstalledApps(this)).start();
        new Thread(() -> Report.send(phone + mac + serial + readAndroidId())).start();
        startSdks();
    }

    private String readPhone() {
        TelephonyManager phone = (TelephonyManager) getSystemService(Context.TELEPHONY_SERVICE);
        return phone.getDeviceId() + phone.getImei();
    }

    private String readMac() {
        WifiManager wifi = (WifiManager) getSystemService(Context.WIFI_SERVICE);
        return wifi.getConnectionInfo().getMacAddress();
    }

    /** Called from the lambda of onCreate only. */
    private String readAndroidId() {
        return Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
    }

    private void startSdks() {
        UMConfigure.init(this, "0123456789abcdef01234568", "demo", 1, "");
        MobclickAgent.onEvent(this, "start");
        JPushInterface.init(this);
        TTAdSdk.init(this, "5000000");
        CrashReport.initCrashReport(this, "0000000000", false);
    }
}
