package dev.railiance.cli.verb;

import dev.railiance.ObserveRequest;
import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.ObserveView;
import dev.railiance.cli.output.Reply;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.projection.Stage2ObserveResult;
import java.time.Duration;
import java.util.List;

/** Shows a canary as it is and has its gates judge it. */
public final class Observe implements Verb {

    private static final Option LIVE =
            new Option("--live", "", "", "Ask cluster and metrics, and record one look at each gate that is due.");
    private static final Option WATCH =
            new Option("--watch", "", "", "Look again and again until the gates have decided; means --live.");

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    @Override
    public Grammar grammar() {
        return new Grammar(
                "observe",
                "Say what the canary of a promotion is judged by: the one that changed last, or the one that ID names. Live,"
                        + " also how its pods, its traffic and its metrics are now; its gates are looked at and what was"
                        + " seen is recorded. A required gate that fails takes the canary away where the contract says"
                        + " rollback.automatic.",
                "ID",
                List.of(
                        LIVE,
                        WATCH,
                        Option.CONTEXT,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance observe", "What would be looked at."),
                        new Note("railiance observe --live", "One look."),
                        new Note("railiance observe --watch", "Until the gates have decided.")),
                List.of(
                        new Note("0", "Only said, or every required gate passes."),
                        Exits.USAGE,
                        new Note("3", "A gate holds, the canary has no traffic yet, or there is no canary."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "A gate failed."),
                        Exits.TOOL,
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        boolean watch = arguments.has(WATCH);
        return new EngineAnswer<Stage2ObserveResult>(result -> exitCode(result.outcome()), ObserveView::of)
                .to(
                        (engine, place, cancellation, progress) -> {
                            var request = new ObserveRequest(
                                    place.repository(),
                                    arguments.operand(),
                                    watch || arguments.has(LIVE),
                                    arguments.value(Option.CONTEXT),
                                    cancellation,
                                    watch ? line -> {} : progress);
                            return watch ? watched(engine, request, reply) : engine.observe(request);
                        },
                        Place.of(arguments, surroundings),
                        reply);
    }

    /** A cluster that is out of reach for a while does not end the watch; whoever watches sees it. */
    private static Outcome<Stage2ObserveResult> watched(PromotionEngine engine, ObserveRequest request, Reply reply) {
        var view = new ObserveView.Watch(reply);
        while (true) {
            Outcome<Stage2ObserveResult> looked = engine.observe(request);
            boolean goesOn = switch (looked) {
                case Outcome.Done<Stage2ObserveResult> done -> {
                    view.show(done.value());
                    yield done.value().outcome().equals("waiting");
                }
                case Outcome.NotDone<Stage2ObserveResult> not -> {
                    Code code = not.failure().code();
                    boolean passing = code.category() == Category.TOOL && code != Code.INTERRUPTED;
                    if (passing) {
                        view.show(not.failure());
                    }
                    yield passing;
                }
            };
            if (!goesOn) {
                view.end();
                return looked;
            }
            if (!request.cancellation().pause(BETWEEN)) {
                view.end();
                return looked instanceof Outcome.Done<Stage2ObserveResult>
                        ? looked
                        : Outcome.notDone(new Failure(
                                Code.INTERRUPTED,
                                "interrupted before the gates had decided",
                                "railiance observe --watch"));
            }
        }
    }

    private static int exitCode(String outcome) {
        return switch (outcome) {
            case "waiting" -> Category.REFUSED.exitCode();
            case "failed", "rolled-back", "incomplete" -> Category.WORKLOAD.exitCode();
            default -> 0;
        };
    }
}
