package com.tencent.bugly.crashreport.crash;

/** Keeps the text of a crash. */
public final class CrashHandler implements Thread.UncaughtExceptionHandler {
    private final String model;
    private String last;

    public CrashHandler(String model) {
        this.model = model;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        last = model + error;
    }
}
