package com.example.beacon;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Hashes with a salt of its own. */
final class Digest {
    private static final String[] SALTS = {"beacon-salt-one", "beacon-salt-two"};

    private Digest() {
    }

    static String of(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALTS[text.length() % 2].getBytes());
            return new BigInteger(1, digest.digest(text.getBytes())).toString(36);
        } catch (GeneralSecurityException error) {
            return "beacon-undigested";
        }
    }
}
