package io.reactivex.rxjava3.core;

import io.reactivex.rxjava3.functions.Consumer;

/** For the compiler only. */
public abstract class Observable<T> {
    public static Observable<String> just(String value) {
        throw new UnsupportedOperationException();
    }

    public abstract void subscribe(Consumer<T> consumer);
}
