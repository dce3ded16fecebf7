package com.example.notes;

import android.content.Context;
import android.content.SharedPreferences;
import java.io.File;
import java.io.FileWriter;
import java.io.IOException;

/** Code of an app that has nothing to do with the SDK, though it calls much of the same. */
public class Notes {
    private final Context context;

    public Notes(Context context) {
        this.context = context;
    }

    public void keep(String note) throws IOException {
        SharedPreferences settings = context.getSharedPreferences("notes", Context.MODE_PRIVATE);
        int count = settings.getInt("number of notes", 0);
        settings.edit().putInt("number of notes", count + 1).commit();
        FileWriter writer = new FileWriter(new File(context.getFilesDir(), "note-" + count));
        writer.write(note);
        writer.flush();
        writer.close();
    }

    public static class Shelf {
        public String label(int number) {
            return "shelf number " + number + " of this house";
        }
    }

    public static class Box extends Thread {
        @Override
        public void run() {
            System.out.println("nothing in this box");
        }
    }
}
