package cn.example.yanyu;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.provider.MediaStore;
import android.widget.Toast;

/** The books, and a photograph of a receipt when the user asks for one; without the camera all goes on. */
public class MainActivity extends Activity {
    private static final int RECEIPT = 1;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
        findViewById(R.id.scan).setOnClickListener(view -> scan());
        findViewById(R.id.settings).setOnClickListener(
                view -> startActivity(new Intent(this, SettingsActivity.class)));
    }

    /** Says why before the system asks. */
    private void scan() {
        if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) {
            photograph();
            return;
        }
        new AlertDialog.Builder(this)
                .setMessage(R.string.why_camera)
                .setPositiveButton(R.string.agree, (dialog, button) -> askForCamera())
                .setNegativeButton(R.string.refuse, null)
                .show();
    }

    private void askForCamera() {
        requestPermissions(new String[] {Manifest.permission.CAMERA}, RECEIPT);
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        if (results.length > 0 && results[0] == PackageManager.PERMISSION_GRANTED) {
            photograph();
        } else {
            Toast.makeText(this, R.string.type_instead, Toast.LENGTH_LONG).show();
        }
    }

    private void photograph() {
        startActivityForResult(new Intent(MediaStore.ACTION_IMAGE_CAPTURE), RECEIPT);
    }
}
