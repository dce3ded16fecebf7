package androidx.work;

/** For the compiler only. */
public abstract class Worker {
    public abstract Object doWork();
}
