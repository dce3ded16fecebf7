package kotlin.jvm.functions;

/** For the compiler only. */
public interface Function0<R> {
    R invoke();
}
