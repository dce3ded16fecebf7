package cn.example.yanyu;

import android.content.Context;

/** The stored answer to the consent dialog. */
final class Consent {
    private static final String FILE = "consent";
    private static final String KEY = "privacy_agreed";

    private Consent() {
    }

    static boolean isGiven(Context context) {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE).getBoolean(KEY, false);
    }

    static void store(Context context, boolean given) {
        context.getSharedPreferences(FILE, Context.MODE_PRIVATE).edit().putBoolean(KEY, given).apply();
    }
}
