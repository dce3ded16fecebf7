package kotlin.coroutines.jvm.internal;

/** For the compiler only. */
public abstract class SuspendLambda {
    public abstract Object invokeSuspend(Object result);

    public final void start() {
        throw new UnsupportedOperationException();
    }
}
