package dev.railiance.tool;

import java.util.Optional;
import java.util.function.Function;

/** What came of asking a tool. Nothing that the tool printed is in it, but for what the record of the operation names. */
public sealed interface Answer<T> {

    /** The tool did it and said so in a form that was understood. */
    record Done<T>(T value) implements Answer<T> {}

    /**
     * It did not, or it is not known whether it did.
     *
     * @param reason in our own words, fit for a message: tool and operation first
     */
    record NotDone<T>(Cause cause, String reason) implements Answer<T> {}

    /** Why there is no answer. */
    enum Cause {
        /** The release, revision or object asked for is not there. */
        NOT_FOUND,
        /** The namespace is not there. */
        NAMESPACE_NOT_FOUND,
        /** The API server does not serve this kind of object: its definition is not installed. */
        KIND_UNKNOWN,
        /** The kubeconfig has no such context. */
        CONTEXT_UNKNOWN,
        /** Another operation on the same release is under way, or died halfway and left its mark. */
        BUSY,
        /** Something did not become ready in the tool's own time. */
        NOT_READY,
        /** An object is there already and belongs to somebody else. */
        NOT_OWNED,
        /** A field is managed by somebody else, or the object changed meanwhile. */
        CONFLICT,
        /** The chart or its values are faulty: seen without asking the API server. */
        CHART_INVALID,
        /** The API server does not accept an object. */
        OBJECT_INVALID,
        /** The tool ended with an exit code other than 0 for another reason. */
        REFUSED,
        /** The credentials are not accepted. */
        UNAUTHENTICATED,
        /** The credentials do not give this right. */
        FORBIDDEN,
        /** The API server did not answer. */
        UNREACHABLE,
        /** The tool is not there. */
        MISSING,
        /** The tool is of a version that we do not know how to talk to. */
        UNSUPPORTED,
        /** The tool did not end in the time that we gave it. */
        TIMED_OUT,
        /** We were asked to stop. */
        INTERRUPTED,
        /** The tool ended with exit code 0, but its output is not what the operation prints. */
        UNREADABLE,
        /** The tool could not be started, or something of it could not be stopped. */
        BROKEN
    }

    /** It was done. */
    static <T> Answer<T> done(T value) {
        return new Done<>(value);
    }

    /** It was not. */
    static <T> Answer<T> notDone(Cause cause, String reason) {
        return new NotDone<>(cause, reason);
    }

    /** Goes on with what was answered; anything else stays as it is. */
    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case NotDone<T> not -> new NotDone<>(not.cause(), not.reason());
        };
    }

    /** Empty where what was asked for is not there; every other answer stays as it is. */
    default Answer<Optional<T>> ifThere() {
        return switch (this) {
            case Done<T> done -> new Done<>(Optional.of(done.value()));
            case NotDone<T> not ->
                not.cause() == Cause.NOT_FOUND
                        ? new Done<>(Optional.empty())
                        : new NotDone<>(not.cause(), not.reason());
        };
    }
}
