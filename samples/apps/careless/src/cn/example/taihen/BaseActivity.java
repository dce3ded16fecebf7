package cn.example.taihen;

import android.app.Activity;
import android.os.Bundle;

/** Calls collect(), which each screen overrides: the call goes to an abstract method. */
abstract class BaseActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        collect();
    }

    protected abstract void collect();
}
