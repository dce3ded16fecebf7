package cn.example.yanyu;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.CheckBox;

/** The launcher: asks first, with a way to refuse and a way to browse without agreeing. */
public class ConsentActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (Consent.isGiven(this)) {
            openMain();
            return;
        }
        setContentView(R.layout.consent);
        final CheckBox box = (CheckBox) findViewById(R.id.consent_box);
        findViewById(R.id.agree).setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                if (box.isChecked()) {
                    Consent.store(ConsentActivity.this, true);
                    AfterConsent.start(getApplicationContext());
                    openMain();
                }
            }
        });
        findViewById(R.id.refuse).setOnClickListener(view -> finish());
        findViewById(R.id.browse_only).setOnClickListener(view -> openMain());
    }

    private void openMain() {
        startActivity(new Intent(this, MainActivity.class));
        finish();
    }
}
