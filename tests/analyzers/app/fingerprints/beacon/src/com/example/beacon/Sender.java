package com.example.beacon;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Sends one row. */
class Sender {
    private static String agent = "BeaconAgent/1.4 (test)";
    private final Queue queue;

    Sender(Queue queue) {
        this.queue = queue;
    }

    boolean send(String address) {
        String body = queue.take();
        if (body == null) {
            return false;
        }
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("X-Beacon-Agent", agent);
            connection.setRequestProperty("X-Beacon-Digest", Digest.of(body));
            connection.setConnectTimeout(15321);
            OutputStream stream = connection.getOutputStream();
            stream.write(body.getBytes("UTF-8"));
            stream.flush();
            return connection.getResponseCode() == 204;
        } catch (IOException error) {
            queue.add("beacon_failed:" + error.getMessage());
            return false;
        }
    }
}
