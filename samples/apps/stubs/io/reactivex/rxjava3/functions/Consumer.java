package io.reactivex.rxjava3.functions;

/** For the compiler only. */
public interface Consumer<T> {
    void accept(T value);
}
