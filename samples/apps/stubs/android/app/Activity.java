package android.app;

import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.ContextThemeWrapper;
import android.view.View;

/** Compile-time stand-in with the requests of permissions of API 23. On the class path in front of android.jar, never dexed. */
public class Activity extends ContextThemeWrapper {
    public Activity() {
        super((Context) null, 0);
    }

    protected void onCreate(Bundle state) {
        throw new UnsupportedOperationException();
    }

    protected void onResume() {
        throw new UnsupportedOperationException();
    }

    public void setContentView(int layout) {
        throw new UnsupportedOperationException();
    }

    public View findViewById(int id) {
        throw new UnsupportedOperationException();
    }

    public void startActivityForResult(Intent intent, int request) {
        throw new UnsupportedOperationException();
    }

    public void finish() {
        throw new UnsupportedOperationException();
    }

    public int checkSelfPermission(String permission) {
        throw new UnsupportedOperationException();
    }

    public void requestPermissions(String[] permissions, int request) {
        throw new UnsupportedOperationException();
    }

    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        throw new UnsupportedOperationException();
    }
}
