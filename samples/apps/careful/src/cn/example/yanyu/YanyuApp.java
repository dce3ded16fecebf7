package cn.example.yanyu;

import android.app.Application;

/** Reads only when the stored flag says that the user agreed on an earlier start. */
public class YanyuApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (Consent.isGiven(this)) {
            AfterConsent.start(this);
        }
    }
}
