package cn.example.yanyu;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.provider.MediaStore;

/** The books, and a photograph of a receipt when the user asks for one. */
public class MainActivity extends Activity {
    private static final int RECEIPT = 1;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
        findViewById(R.id.scan).setOnClickListener(
                view -> startActivityForResult(new Intent(MediaStore.ACTION_IMAGE_CAPTURE), RECEIPT));
        findViewById(R.id.settings).setOnClickListener(
                view -> startActivity(new Intent(this, SettingsActivity.class)));
    }
}
