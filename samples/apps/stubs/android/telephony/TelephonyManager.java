package android.telephony;

/** Compile-time stand-in: android.jar ends at API 17. On the class path in front of it, never dexed. */
public class TelephonyManager {
    public String getDeviceId() {
        throw new UnsupportedOperationException();
    }

    public String getImei() {
        throw new UnsupportedOperationException();
    }

    public String getSubscriberId() {
        throw new UnsupportedOperationException();
    }

    public String getLine1Number() {
        throw new UnsupportedOperationException();
    }
}
