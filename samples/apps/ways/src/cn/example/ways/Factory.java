package cn.example.ways;

import android.app.AppComponentFactory;
import android.app.Application;
import android.os.Build;

/** Runs before everything else of the app. */
public class Factory extends AppComponentFactory {
    @Override
    public Application instantiateApplication(ClassLoader loader, String name) {
        Reads.last = Build.SERIAL;
        return super.instantiateApplication(loader, name);
    }
}
