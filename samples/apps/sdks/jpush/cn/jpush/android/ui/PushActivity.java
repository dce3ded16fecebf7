package cn.jpush.android.ui;

import android.app.Activity;

/** Shows a message. */
public class PushActivity extends Activity {
}
