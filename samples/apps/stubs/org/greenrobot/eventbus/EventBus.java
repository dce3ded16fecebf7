package org.greenrobot.eventbus;

/** For the compiler only. */
public class EventBus {
    public static EventBus getDefault() {
        throw new UnsupportedOperationException();
    }

    public void register(Object subscriber) {
        throw new UnsupportedOperationException();
    }
}
