package com.example.beacon;

import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

/** Keeps what is to be sent. */
class Queue extends SQLiteOpenHelper {
    Queue(Context context) {
        super(context, "beacon_queue.db", null, 3);
    }

    @Override
    public void onCreate(SQLiteDatabase database) {
        database.execSQL("create table beacon_rows (id integer primary key, body text, made integer)");
    }

    @Override
    public void onUpgrade(SQLiteDatabase database, int before, int after) {
        database.execSQL("drop table if exists beacon_rows");
        onCreate(database);
    }

    void add(String body) {
        ContentValues values = new ContentValues();
        values.put("body", body);
        values.put("made", System.currentTimeMillis());
        getWritableDatabase().insert("beacon_rows", null, values);
    }

    String take() {
        Cursor cursor = getReadableDatabase().rawQuery("select body from beacon_rows order by made limit 1", null);
        try {
            return cursor.moveToFirst() ? cursor.getString(0) : null;
        } finally {
            cursor.close();
        }
    }
}
