package cn.example.ways;

import android.os.AsyncTask;
import android.os.Build;
import android.os.Handler;
import android.os.Message;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Ways through threads, executors, timers and messages. */
final class Threads {
    private Threads() {
    }

    static void start() {
        new Thread(() -> Reads.last = Build.SERIAL).start();
        new InThread().start();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(new Posted());
        executor.submit(new Asked());
        new Timer().schedule(new Ticking(), 1000);
        new Messages().sendEmptyMessage(1);
        new InBackground().execute();
    }

    static final class InThread extends Thread {
        @Override
        public void run() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Posted implements Runnable {
        @Override
        public void run() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Asked implements Callable<String> {
        @Override
        public String call() {
            return Build.SERIAL;
        }
    }

    static final class Ticking extends TimerTask {
        @Override
        public void run() {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Messages extends Handler {
        @Override
        public void handleMessage(Message message) {
            Reads.last = Build.SERIAL;
        }
    }

    static final class InBackground extends AsyncTask<Void, Void, Void> {
        @Override
        protected Void doInBackground(Void... none) {
            Reads.last = Build.SERIAL;
            return null;
        }
    }
}
