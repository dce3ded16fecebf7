package cn.jpush.android.api;

/** One message. */
public class NotificationMessage {
    public String title;
    public String content;
}
