package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.approval.ApprovalResult;
import dev.railiance.approval.ApprovalStatement;
import dev.railiance.approval.ApproveRequest;
import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.ApprovalView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Approves a plan, or takes an approval back. */
public final class Approve implements Verb {

    private static final Option STAGE =
            new Option("--stage", "", "2|3", "What is approved: the canary, or production.");
    private static final Option ROLLBACK = new Option("--rollback", "", "", "A rollback from production is approved.");
    private static final Option WITHDRAW = new Option("--withdraw", "", "", "Take your approvals back.");
    private static final Option PLAN = new Option(
            "--plan", "", "DIGEST", "The plan that is approved. For Stage 2, default: the repository's plan now.");
    private static final Option REASON = new Option("--reason", "", "TEXT", "Why, for the record.");
    private static final Option KEY = new Option(
            "--key",
            "",
            "FILE",
            "Signs: an OpenSSH private key, or the public one of a key in ssh-agent; also one on a hardware token.");
    private static final Option PRINT = new Option(
            "--print", "", "", "Only print the statement's bytes, to be signed elsewhere. Wants --as or --key.");
    private static final Option AS =
            new Option("--as", "", "NAME", "With --print, who approves, by a name of the signers file.");
    private static final Option STATEMENT =
            new Option("--statement", "", "FILE", "The statement that was signed elsewhere.");
    private static final Option SIGNATURE = new Option("--signature", "", "FILE", "The signature over it.");
    private static final Option UNSIGNED = new Option(
            "--unsigned", "", "", "Approve by the name of the user alone, where the contract asks for no signature.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "approve",
                "Approve one plan of a promotion: the one that changed last, or the one that ID names. A statement is"
                        + " signed with an SSH key that the signers file names, checked and kept in the ledger.",
                "ID",
                List.of(
                        STAGE,
                        ROLLBACK,
                        WITHDRAW,
                        PLAN,
                        REASON,
                        KEY,
                        PRINT,
                        AS,
                        STATEMENT,
                        SIGNATURE,
                        UNSIGNED,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance approve --stage 2 --key ~/.ssh/id_ed25519 --reason reviewed", "Sign here."),
                        new Note(
                                "railiance approve --stage 2 --as alice --reason ok --print > s.json",
                                "Sign elsewhere: ssh-keygen -Y sign -n railiance-approval -f KEY s.json"),
                        new Note(
                                "railiance approve --stage 2 --statement s.json --signature s.json.sig",
                                "Bring the signature back."),
                        new Note(
                                "railiance approve --withdraw --key ~/.ssh/id_ed25519 --reason bug",
                                "Take your approvals back.")),
                List.of(
                        Exits.DONE,
                        Exits.USAGE,
                        new Note("3", "Refused: who approves may not, the signature does not hold, or it is too late."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("7", "The key could not sign, or ssh-keygen is missing."),
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        Place place = ((Outcome.Done<Place>) found).value();
        Outcome<ApproveRequest> asked = request(arguments, surroundings, place);
        if (asked instanceof Outcome.NotDone<ApproveRequest> not) {
            return reply.failure(not.failure());
        }
        ApproveRequest request = ((Outcome.Done<ApproveRequest>) asked).value();
        try (var engine = PromotionEngine.open(place.ledger())) {
            return arguments.has(PRINT) ? printed(arguments, engine, request, reply) : recorded(engine, request, reply);
        }
    }

    private static int recorded(PromotionEngine engine, ApproveRequest request, Reply reply) {
        return switch (engine.approve(request)) {
            case Outcome.NotDone<ApprovalResult> not -> reply.failure(not.failure());
            case Outcome.Done<ApprovalResult> done ->
                reply.document(0, Json.compact(done.value()), () -> ApprovalView.of(done.value(), reply));
        };
    }

    private static int printed(Arguments arguments, PromotionEngine engine, ApproveRequest request, Reply reply) {
        Outcome<String> approver = arguments
                .value(AS)
                .map(Outcome::done)
                .orElseGet(() -> request.means() instanceof Means.Key key
                        ? engine.approver(request, key.file())
                        : Outcome.notDone(wrong("--print wants --as NAME, or --key FILE to know who approves")));
        return switch (approver.then(name -> engine.approvalStatement(request, name))) {
            case Outcome.NotDone<ApprovalStatement> not -> reply.failure(not.failure());
            case Outcome.Done<ApprovalStatement> done ->
                reply.text(0, done.value().text());
        };
    }

    private static Outcome<ApproveRequest> request(Arguments arguments, Surroundings surroundings, Place place) {
        return act(arguments)
                .then(act -> means(arguments, surroundings)
                        .then(means -> Outcome.done(new ApproveRequest(
                                place.repository(), arguments.operand(), act, means, arguments.value(REASON)))));
    }

    private static Outcome<Act> act(Arguments arguments) {
        long said = Stream.of(STAGE, ROLLBACK, WITHDRAW).filter(arguments::has).count();
        if (said != 1) {
            return Outcome.notDone(wrong("one of --stage 2, --stage 3, --rollback and --withdraw is wanted"));
        }
        if (arguments.has(WITHDRAW)) {
            return Outcome.done(new Act.Withdraw());
        }
        Optional<Scope> scope = arguments.has(ROLLBACK)
                ? Optional.of(Scope.ROLLBACK)
                : switch (arguments.value(STAGE).orElse("")) {
                    case "2" -> Optional.of(Scope.STAGE2);
                    case "3" -> Optional.of(Scope.STAGE3);
                    default -> Optional.empty();
                };
        if (scope.isEmpty()) {
            return Outcome.notDone(wrong("--stage is 2 or 3"));
        }
        try {
            return Outcome.done(
                    new Act.Approve(scope.get(), arguments.value(PLAN).map(Digest::new)));
        } catch (IllegalArgumentException e) {
            return Outcome.notDone(wrong("--plan wants a digest: sha256: and 64 hexadecimal digits"));
        }
    }

    private static Outcome<Means> means(Arguments arguments, Surroundings surroundings) {
        boolean brought = arguments.has(STATEMENT) || arguments.has(SIGNATURE);
        long ways = Stream.of(brought, arguments.has(KEY), arguments.has(UNSIGNED))
                .filter(Boolean::booleanValue)
                .count();
        if (ways > 1) {
            return Outcome.notDone(wrong("--key, --statement with --signature, and --unsigned exclude each other"));
        }
        if (brought) {
            return Place.path(arguments, STATEMENT, surroundings)
                    .then(statement -> Place.path(arguments, SIGNATURE, surroundings)
                            .then(signature -> brought(statement, signature)));
        }
        if (arguments.has(UNSIGNED)) {
            return Outcome.done(new Means.Unsigned());
        }
        return Place.path(arguments, KEY, surroundings)
                .then(key -> Outcome.done(key.<Means>map(Means.Key::new).orElseGet(Means.Nothing::new)));
    }

    private static Outcome<Means> brought(Optional<Path> statement, Optional<Path> signature) {
        return statement.isPresent() && signature.isPresent()
                ? Outcome.done(new Means.Brought(statement.get(), signature.get()))
                : Outcome.notDone(new Failure(
                        signature.isEmpty() ? Code.SIGNATURE_MISSING : Code.USAGE,
                        "--statement and --signature belong together",
                        "railiance help approve"));
    }

    private static Failure wrong(String message) {
        return new Failure(Code.USAGE, message, "railiance help approve");
    }
}
