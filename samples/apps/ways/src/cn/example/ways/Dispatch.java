package cn.example.ways;

import android.os.Build;

/** Ways through overridden, inherited and default methods. */
final class Dispatch {
    private Dispatch() {
    }

    static void start() {
        Base base = new Derived();
        base.collect();
        Source source = Sources.make();
        source.take();
        new WithDefault().ask();
        new Below().take();
    }

    abstract static class Base {
        abstract void collect();
    }

    static final class Derived extends Base {
        @Override
        void collect() {
            Reads.last = Build.SERIAL;
        }
    }

    interface Source {
        void take();
    }

    static final class Sources {
        static Source make() {
            return new Made();
        }
    }

    static final class Made implements Source {
        @Override
        public void take() {
            Reads.last = Build.SERIAL;
        }
    }

    interface Asking {
        default void ask() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class WithDefault implements Asking {
    }

    static class Above {
        void take() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Below extends Above {
        @Override
        void take() {
            super.take();
        }
    }
}
