package cn.example.yanyu;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.widget.Switch;

/** Where each right is exercised. */
public class SettingsActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.settings);
        findViewById(R.id.withdraw).setOnClickListener(view -> Consent.store(this, false));
        findViewById(R.id.close_account).setOnClickListener(
                view -> startActivity(new Intent(this, CloseAccountActivity.class)));
        findViewById(R.id.privacy).setOnClickListener(
                view -> startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(getString(R.string.privacy_url)))));
        ((Switch) findViewById(R.id.personalised_switch)).setOnCheckedChangeListener(
                (button, on) -> getSharedPreferences("choices", MODE_PRIVATE)
                        .edit().putBoolean("personalised", on).apply());
    }
}
