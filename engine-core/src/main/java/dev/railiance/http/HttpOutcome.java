package dev.railiance.http;

import java.time.Duration;

/** What came of a request. */
public sealed interface HttpOutcome {

    /**
     * An answer.
     *
     * @param cut whether the body is longer than the request's limit; it then was not read to its end
     * @param complete whether all of the body came that was announced
     * @param latency from sending the request to the end of the body
     */
    record Answer(int status, String body, boolean cut, boolean complete, Duration latency) implements HttpOutcome {

        /** Without the body. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /** No answer. */
    record NoAnswer(Cause cause) implements HttpOutcome {}

    /** Why there is no answer. */
    enum Cause {
        UNKNOWN_HOST,
        /** Nobody accepts connections at the address. */
        NO_CONNECTION,
        /** There is no TLS connection, or none that can be trusted. */
        UNTRUSTED,
        /** The server speaks something else. */
        NOT_HTTP,
        /** The connection broke before the answer was complete. */
        BROKEN,
        /** There was no complete answer in time. */
        LATE,
        CANCELLED
    }
}
