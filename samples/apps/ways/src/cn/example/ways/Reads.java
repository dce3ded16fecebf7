package cn.example.ways;

/** What the reads of this app are kept in, so that the compiler leaves none out. */
final class Reads {
    static String last;

    private Reads() {
    }
}
