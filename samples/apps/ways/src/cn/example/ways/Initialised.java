package cn.example.ways;

import android.os.Build;

/** Reads when the class is used first. */
final class Initialised {
    static final String SERIAL = Build.SERIAL.trim();

    private Initialised() {
    }
}
