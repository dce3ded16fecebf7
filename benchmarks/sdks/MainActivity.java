package cn.made.app;

/** The code of a made app: what it calls with can be known by no shrinker, or the rest would be found dead and dropped. */
public class MainActivity extends android.app.Activity {
    private Object kept;

    private int number() {
        return getIntent().getIntExtra("number", 0);
    }

    private String text() {
        return getIntent().getStringExtra("text");
    }

    @Override
    public void onCreate(android.os.Bundle state) {
        super.onCreate(state);
        kept = getIntent().getParcelableExtra("kept");
        try {
            call();
        } catch (Throwable error) {
            kept = error;
        }
    }

    private void call() throws Throwable {
// calls
    }
}
