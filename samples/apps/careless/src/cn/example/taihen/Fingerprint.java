package cn.example.taihen;

import android.os.Build;

/** The serial number is read by the static initialiser, so no method of ours calls anything. */
final class Fingerprint {
    static final String SERIAL;

    static {
        SERIAL = Build.SERIAL;
    }

    private Fingerprint() {
    }
}
