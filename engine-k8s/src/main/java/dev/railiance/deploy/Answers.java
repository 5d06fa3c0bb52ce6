package dev.railiance.deploy;

import dev.railiance.effect.CommandPlace;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Installation;

/** Answers of tools in the words of the engine. */
record Answers(CommandPlace place) {

    /** What was answered, or why there is no answer. */
    <T> Outcome<T> outcome(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> Outcome.done(done.value());
            case Answer.NotDone<T> not -> Outcome.notDone(failure(not));
        };
    }

    Failure failure(Answer.NotDone<?> not) {
        return new Failure(code(not.cause()), not.reason(), hint(not));
    }

    private static Code code(Answer.Cause cause) {
        return switch (cause) {
            case NOT_FOUND,
                    NAMESPACE_NOT_FOUND,
                    KIND_UNKNOWN,
                    CONTEXT_UNKNOWN,
                    NOT_OWNED,
                    CONFLICT,
                    OBJECT_INVALID,
                    FORBIDDEN,
                    UNAUTHENTICATED -> Code.CLUSTER_REFUSED;
            case CHART_INVALID -> Code.CHART_REFUSED;
            case NOT_READY -> Code.ROLLOUT_FAILED;
            case BUSY -> Code.CHANGED_CONCURRENTLY;
            case UNREACHABLE -> Code.CLUSTER_UNREACHABLE;
            case INTERRUPTED -> Code.INTERRUPTED;
            case REFUSED, MISSING, UNSUPPORTED, TIMED_OUT, UNREADABLE, BROKEN -> Code.TOOL_UNAVAILABLE;
        };
    }

    /** What helps whoever is not answered; it does not ask again what was not answered. */
    String hint(Answer.NotDone<?> not) {
        return switch (not.cause()) {
            case UNREACHABLE -> "kubectl cluster-info" + place.cluster();
            case FORBIDDEN -> "kubectl auth can-i --list" + place.kubectl();
            case UNAUTHENTICATED -> "kubectl config view --minify" + place.cluster();
            case CONTEXT_UNKNOWN -> "kubectl config get-contexts";
            case MISSING, UNSUPPORTED -> Installation.of(not);
            // Whoever asked knows his own command better.
            default -> "";
        };
    }
}
