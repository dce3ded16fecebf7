package android.app;

/** For the compiler only: this class came with Android 9. */
public class AppComponentFactory {
    public Application instantiateApplication(ClassLoader loader, String name) {
        throw new UnsupportedOperationException();
    }
}
