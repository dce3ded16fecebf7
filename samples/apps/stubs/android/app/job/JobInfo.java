package android.app.job;

import android.content.ComponentName;

/** For the compiler only: jobs came with Android 5. */
public class JobInfo {
    public static final class Builder {
        public Builder(int id, ComponentName service) {
            throw new UnsupportedOperationException();
        }

        public JobInfo build() {
            throw new UnsupportedOperationException();
        }
    }
}
