package com.umeng.analytics.filter;

/** Names of events. */
public class EventList {
    public String[] names;
}
