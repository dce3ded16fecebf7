package cn.example.ways;

import android.app.job.JobParameters;
import android.app.job.JobService;
import android.os.Build;

/** A job that the application schedules at its start. */
public class NightJob extends JobService {
    @Override
    public boolean onStartJob(JobParameters parameters) {
        Reads.last = Build.SERIAL;
        return false;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return false;
    }
}
