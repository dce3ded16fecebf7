package cn.example.yanyu;

import android.content.Context;
import com.tencent.bugly.crashreport.CrashReport;
import com.tencent.mm.opensdk.openapi.WXAPIFactory;

/** Everything that waits for consent: reading the device, sending it, starting the SDKs. */
final class AfterConsent {
    private AfterConsent() {
    }

    static void start(Context context) {
        String device = DeviceReader.read(context);
        new Thread(() -> RiskCheck.send(device)).start();
        CrashReport.initCrashReport(context, "0000000000", false);
        WXAPIFactory.createWXAPI(context, "wx0000000000000000", true).registerApp("wx0000000000000000");
    }
}
