package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.OverlayView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.overlay.Overlay;
import dev.railiance.overlay.OverlayArguments;
import dev.railiance.overlay.OverlayResult;
import dev.railiance.overlay.OverlayTemplate;
import java.util.List;

/** Writes an overlay, or brings one up to date. */
public final class CreateOverlay implements Verb {

    private static final Option UPSTREAM =
            new Option("--upstream", "", "URL", "Where the upstream's source is: https, ssh or git.");
    private static final Option REVISION = new Option("--revision", "", "REV", "A tag or a commit there.");
    private static final Option IMAGE = new Option(
            "--image",
            "",
            "IMAGE",
            "What is deployed: REGISTRY/PATH[:TAG]. To be filled in later without this and --chart.");
    private static final Option DIGEST = new Option("--digest", "", "DIGEST", "The image's digest: sha256:…");
    private static final Option CHART =
            new Option("--chart", "", "CHART", "Wrap the upstream's chart: oci://HOST/PATH/NAME:VERSION, or https://.");
    private static final Option ROUTER = new Option(
            "--router", "", "ROUTER", "none, traefik, gateway-api or replicas. Default: none, an isolated canary.");
    private static final Option CI = new Option(
            "--ci", "", "SYSTEMS", "Workflow files for forgejo, github, gitlab; with commas. Default: forgejo.");
    private static final Option DIRECTORY = new Option("--dir", "", "DIR", "Where to. Default: NAME, here.");
    private static final Option DRY_RUN = new Option("--dry-run", "", "", "Only list what would be written.");
    private static final Option UPDATE = new Option(
            "--update", "", "", "Merge news into an overlay that is there. Without this, only show the difference.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "create-overlay",
                "Write a repository that takes third-party software through the lifecycle, without its source and without"
                        + " a network. Over an overlay that is there, show what is new and, with --update, merge it.",
                "NAME",
                List.of(
                        UPSTREAM,
                        REVISION,
                        IMAGE,
                        DIGEST,
                        CHART,
                        ROUTER,
                        CI,
                        DIRECTORY,
                        DRY_RUN,
                        UPDATE,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note(
                                "railiance create-overlay web --upstream URL --revision v1.2.3 --image IMAGE",
                                "An overlay in web/."),
                        new Note("… --dry-run", "What would be written?"),
                        new Note("… --revision v1.3.0 --update", "The next revision, with your edits kept.")),
                List.of(
                        new Note("0", "Written, planned, or unchanged."),
                        Exits.USAGE,
                        new Note("3", "The place is taken by something else, or a link leads out of it."),
                        Exits.BUSY));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        if (arguments.operand().isEmpty() || !arguments.has(UPSTREAM) || !arguments.has(REVISION)) {
            return reply.failure(new Failure(
                    Code.USAGE, "an overlay needs a name, --upstream and --revision", "railiance help create-overlay"));
        }
        var words = new OverlayArguments.Words(
                arguments.operand().get(),
                arguments.value(UPSTREAM).orElseThrow(),
                arguments.value(REVISION).orElseThrow(),
                arguments.value(IMAGE),
                arguments.value(DIGEST),
                arguments.value(CHART),
                arguments.value(ROUTER),
                arguments.value(CI));
        Outcome<OverlayResult> answer = OverlayArguments.of(words)
                .then(is -> Overlay.place(
                                surroundings.directory(),
                                arguments.value(DIRECTORY).orElse(is.name()))
                        .then(place -> new Overlay(OverlayTemplate.current(), is, place)
                                .write(arguments.has(DRY_RUN), arguments.has(UPDATE))));
        return switch (answer) {
            case Outcome.NotDone<OverlayResult> not -> reply.failure(not.failure());
            case Outcome.Done<OverlayResult> done ->
                reply.document(
                        0,
                        Json.compact(done.value()),
                        () -> OverlayView.of(done.value(), arguments.has(DRY_RUN), reply));
        };
    }
}
