package cn.example.taihen;

import android.content.Context;
import android.database.Cursor;
import android.location.LocationManager;
import android.os.Bundle;
import android.provider.ContactsContract;
import android.view.View;
import com.amap.api.location.AMapLocationClient;

/** Opened by the button 同意 of the splash screen. */
public class MainActivity extends BaseActivity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
        findViewById(R.id.add_friend).setOnClickListener(this);
        new AMapLocationClient(getApplicationContext()).startLocation();
    }

    /** Runs from BaseActivity.onCreate. */
    @Override
    protected void collect() {
        LocationManager places = (LocationManager) getSystemService(Context.LOCATION_SERVICE);
        Object place = places.getLastKnownLocation(LocationManager.GPS_PROVIDER);
        new Thread(() -> Report.send(String.valueOf(place))).start();
    }

    /** Uploads the address book when the button is tapped. */
    @Override
    public void onClick(View view) {
        Cursor people = getContentResolver()
                .query(ContactsContract.CommonDataKinds.Phone.CONTENT_URI, null, null, null, null);
        StringBuilder numbers = new StringBuilder();
        while (people.moveToNext()) {
            numbers.append(people.getString(people.getColumnIndex(ContactsContract.CommonDataKinds.Phone.NUMBER)));
        }
        people.close();
        new Thread(() -> Report.send(numbers.toString())).start();
    }
}
