package androidx.work;

/** For the compiler only. */
public abstract class WorkManager {
    public static WorkManager getInstance() {
        throw new UnsupportedOperationException();
    }

    public abstract void enqueue(Class<? extends Worker> work);
}
