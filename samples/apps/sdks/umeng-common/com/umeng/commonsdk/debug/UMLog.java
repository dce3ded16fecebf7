package com.umeng.commonsdk.debug;

/** Keeps the last line. */
public final class UMLog {
    private static String last;

    private UMLog() {
    }

    public static void write(String line) {
        last = line;
    }
}
