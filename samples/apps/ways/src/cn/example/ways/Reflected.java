package cn.example.ways;

import android.os.Build;

/** Ways through names. */
final class Reflected {
    private Reflected() {
    }

    static void start() {
        try {
            ((Runnable) Class.forName("cn.example.ways.Reflected$Named").newInstance()).run();
            Class.forName("cn.example.ways.Reflected$Built").getConstructor().newInstance();
            Class.forName("cn.example.ways.Reflected$Invoked").getMethod("take").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class Named implements Runnable {
        @Override
        public void run() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Built {
        Built() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Invoked {
        public static void take() {
            Reads.last = Build.SERIAL;
        }
    }
}
