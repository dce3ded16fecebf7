package cn.example.ways;

import android.content.Context;
import android.os.Build;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

/** Made by the provider of androidx.startup before Application.onCreate. */
public class StartUp implements Initializer<String> {
    @Override
    public String create(Context context) {
        return Build.SERIAL;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
