package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Outcome;
import dev.railiance.process.Cancellation;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * What an engine that reaches a cluster answers, as the answer of a verb.
 *
 * @param exitCode with which the process ends
 * @param view the answer for people
 */
record EngineAnswer<T>(ToIntFunction<T> exitCode, BiFunction<T, Reply, String> view) {

    /** What is asked of the engine; it ends early where it is cancelled, and says meanwhile what it does. */
    interface Question<T> {

        Outcome<T> ask(PromotionEngine engine, Place place, Cancellation cancellation, Consumer<String> progress);
    }

    /** Asks it, with Ctrl-C and SIGTERM as its end. */
    int to(Question<T> question, Outcome<Place> found, Reply reply) {
        return switch (found) {
            case Outcome.NotDone<Place> not -> reply.failure(not.failure());
            case Outcome.Done<Place> done -> of(question, done.value(), reply);
        };
    }

    private int of(Question<T> question, Place place, Reply reply) {
        var cancellation = new Cancellation();
        try (var interruption = new Interruption(cancellation);
                var engine = PromotionEngine.open(place.onCluster())) {
            return switch (question.ask(engine, place, cancellation, line -> reply.note(line + "\n"))) {
                case Outcome.NotDone<T> not -> reply.failure(not.failure());
                case Outcome.Done<T> done ->
                    reply.document(
                            exitCode.applyAsInt(done.value()),
                            Json.compact(done.value()),
                            () -> view.apply(done.value(), reply));
            };
        }
    }
}
