package androidx.lifecycle;

/** For the compiler only. */
public interface Observer<T> {
    void onChanged(T value);
}
