package cn.example.ways;

import android.app.Application;
import android.os.Build;

/** Starts every way that begins with the application. */
public class WaysApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        direct();
        Threads.start();
        Dispatch.start();
        Libraries.start(this);
        Reflected.start();
        registerActivityLifecycleCallbacks(new Watch());
        Reads.last = Initialised.SERIAL;
    }

    private void direct() {
        Reads.last = Build.SERIAL;
    }
}
