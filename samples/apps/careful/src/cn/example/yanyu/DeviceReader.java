package cn.example.yanyu;

import android.content.Context;
import android.content.pm.PackageInfo;
import android.net.wifi.WifiManager;
import android.provider.Settings;
import android.telephony.TelephonyManager;

/** The same reads as the careless sample makes in Application.onCreate. */
final class DeviceReader {
    private DeviceReader() {
    }

    static String read(Context context) {
        return readPhone(context) + readMac(context) + readAndroidId(context) + readInstalledApps(context);
    }

    private static String readPhone(Context context) {
        TelephonyManager phone = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        return phone.getDeviceId() + phone.getImei();
    }

    private static String readMac(Context context) {
        WifiManager wifi = (WifiManager) context.getSystemService(Context.WIFI_SERVICE);
        return wifi.getConnectionInfo().getMacAddress();
    }

    private static String readAndroidId(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
    }

    private static String readInstalledApps(Context context) {
        StringBuilder names = new StringBuilder();
        for (PackageInfo info : context.getPackageManager().getInstalledPackages(0)) {
            names.append(info.packageName).append('\n');
        }
        return names.toString();
    }
}
