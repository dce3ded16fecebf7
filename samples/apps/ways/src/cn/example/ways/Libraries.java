package cn.example.ways;

import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.BroadcastReceiver;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.Build;
import androidx.lifecycle.LiveData;
import androidx.lifecycle.Observer;
import androidx.work.WorkManager;
import androidx.work.Worker;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.functions.Consumer;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function0;
import org.greenrobot.eventbus.EventBus;
import org.greenrobot.eventbus.Subscribe;

/** Ways through what the system and libraries call. */
final class Libraries {
    private Libraries() {
    }

    static void start(Context context) {
        WorkManager.getInstance().enqueue(Work.class);
        JobScheduler scheduler = (JobScheduler) context.getSystemService("jobscheduler");
        scheduler.schedule(new JobInfo.Builder(1, new ComponentName(context, NightJob.class)).build());
        context.registerReceiver(new Heard(), new IntentFilter(Intent.ACTION_SCREEN_ON));
        new LiveData<String>().observeForever(new Observed());
        new Suspended().start();
        call(new Block());
        Observable.just("").subscribe(new Consumed());
        EventBus.getDefault().register(new Subscriber());
    }

    private static void call(Function0<String> block) {
        Reads.last = block.invoke();
    }

    static final class Work extends Worker {
        @Override
        public Object doWork() {
            return Build.SERIAL;
        }
    }

    static final class Heard extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Observed implements Observer<String> {
        @Override
        public void onChanged(String value) {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Suspended extends SuspendLambda {
        @Override
        public Object invokeSuspend(Object result) {
            return Build.SERIAL;
        }
    }

    static final class Block implements Function0<String> {
        @Override
        public String invoke() {
            return Build.SERIAL;
        }
    }

    static final class Consumed implements Consumer<String> {
        @Override
        public void accept(String value) {
            Reads.last = Build.SERIAL;
        }
    }

    static final class Subscriber {
        @Subscribe
        public void take(String event) {
            Reads.last = Build.SERIAL;
        }
    }
}
