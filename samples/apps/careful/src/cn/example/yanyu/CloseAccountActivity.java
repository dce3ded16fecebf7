package cn.example.yanyu;

import android.app.Activity;
import android.os.Bundle;

/** Closes the account after one more tap. */
public class CloseAccountActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.close_account);
        findViewById(R.id.close_account_confirm).setOnClickListener(view -> {
            Consent.store(this, false);
            finish();
        });
    }
}
