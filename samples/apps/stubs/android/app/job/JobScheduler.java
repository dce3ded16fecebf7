package android.app.job;

/** For the compiler only. */
public abstract class JobScheduler {
    public abstract int schedule(JobInfo job);
}
