package androidx.lifecycle;

/** For the compiler only. */
public class LiveData<T> {
    public void observeForever(Observer<T> observer) {
        throw new UnsupportedOperationException();
    }
}
