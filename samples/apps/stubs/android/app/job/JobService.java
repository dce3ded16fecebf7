package android.app.job;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** For the compiler only. */
public abstract class JobService extends Service {
    @Override
    public final IBinder onBind(Intent intent) {
        throw new UnsupportedOperationException();
    }

    public abstract boolean onStartJob(JobParameters parameters);

    public abstract boolean onStopJob(JobParameters parameters);
}
