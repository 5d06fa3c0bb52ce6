package dev.railiance.process;

/** Receives what a process prints, as it prints it. Called from the threads that read the streams; must not block long. */
@FunctionalInterface
public interface OutputSink {

    /** Throws everything away. */
    OutputSink NONE = (stream, bytes, length) -> {};

    /** Which of the two streams the bytes came from. */
    enum Stream {
        STDOUT,
        STDERR
    }

    /** Takes the first {@code length} bytes; the array is reused by the caller afterwards. */
    void write(Stream stream, byte[] bytes, int length);
}
