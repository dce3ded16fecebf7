package com.umeng.analytics.process;

/** One event. */
public final class Event {
    private static int count;
    private final String name;

    public Event(String name) {
        this.name = name;
    }

    public void keep() {
        count += name.length();
    }
}
