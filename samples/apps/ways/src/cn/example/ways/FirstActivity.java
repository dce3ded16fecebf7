package cn.example.ways;

import android.app.Activity;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;

/** The first screen: a caught exception, a click, and what waits for both. */
public class FirstActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button button = new Button(this);
        button.setOnClickListener(view -> Reads.last = Build.SERIAL);
        button.setOnLongClickListener(new Held());
        try {
            Reads.last = state.toString();
        } catch (NullPointerException e) {
            Fallback.read();
        }
    }

    static final class Held implements View.OnLongClickListener {
        @Override
        public boolean onLongClick(View view) {
            Reads.last = Build.SERIAL;
            return true;
        }
    }

    static final class Fallback {
        static void read() {
            Reads.last = Build.SERIAL;
        }
    }
}
