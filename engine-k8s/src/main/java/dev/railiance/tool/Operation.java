package dev.railiance.tool;

import dev.railiance.process.Captured;
import java.time.Duration;
import java.util.List;

/**
 * One thing that a tool can be asked to do. A pure value: {@link #argv()} can be shown before anything runs, and is exactly
 * what runs.
 */
public interface Operation<T> {

    /** Memory given to an answer where an operation does not say otherwise, in bytes. */
    int CAPTURE = 1 << 20;

    /** Tool and operation, as messages call it, for instance {@code helm status}. */
    String name();

    /** Program and arguments. */
    List<String> argv();

    /** After which the tool is stopped with all that it started. */
    Duration timeLimit();

    /** How long the tool may tidy up when it is stopped. */
    default Duration grace() {
        return Duration.ofMillis(500);
    }

    /** How many bytes of output an answer may have; more of them is no answer. */
    default int capture() {
        return CAPTURE;
    }

    /** Whether the first {@link #capture()} bytes are an answer where there are more. */
    default boolean partial() {
        return false;
    }

    /** Understands what the tool printed before it ended with exit code 0. Never throws. */
    Answer<T> read(Captured stdout);

    /** Tells why the tool ended with another exit code. Never throws. */
    Answer<T> explain(int exitCode, Captured stdout, Captured stderr);

    /** For {@link #read}: the tool printed something else than it should. */
    default <R> Answer<R> unreadable(String what) {
        return Answer.notDone(Answer.Cause.UNREADABLE, name() + " ended with exit code 0 but " + what);
    }
}
