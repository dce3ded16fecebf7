package android.app.job;

/** For the compiler only. */
public class JobParameters {
}
