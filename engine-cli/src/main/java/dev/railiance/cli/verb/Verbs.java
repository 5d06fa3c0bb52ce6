package dev.railiance.cli.verb;

import dev.railiance.cli.args.Grammar.Note;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All verbs. Only the one that is asked for is made. */
public final class Verbs {

    /** Their names in the order of the help, and what each is for. */
    static final List<Note> ALL = List.of(
            new Note("run", "Carry out Stage 1 of a repository and record what came of it."),
            new Note("deploy", "Plan Stage 2 or carry it out: deploy a canary, give it its traffic."),
            new Note("observe", "Show a canary as it is and have its gates judge it."),
            new Note("approve", "Approve one plan of a promotion, or take an approval back."),
            new Note("approvals", "Say who may approve a promotion, who has, and what is missing."),
            new Note("promote", "Plan a promotion to production or carry it out."),
            new Note("rollback", "Plan how what was in production before comes back, or bring it back."),
            new Note("abort", "Give a promotion up and take its canary away."),
            new Note("validate", "Check a contract and list everything that is wrong with it."),
            new Note("create-overlay", "Write a repository that takes third-party software through the lifecycle."),
            new Note("status", "Say where a promotion stands and what to do next."),
            new Note("history", "List everything that happened to a promotion."),
            new Note("explain", "Say why a promotion came to where it stands, and what stands in its way."),
            new Note("replay", "Decide history again, as it is recorded or under other rules."),
            new Note("stats", "Measure delivery: frequency, lead time, failures, restoration."),
            new Note("audit", "Prove what the ledger says: verify, checkpoint, trail, export, import, rebuild."),
            new Note("gate", "Judge recorded samples by a gate of the contract: try."),
            new Note("schema", "Print a published JSON Schema, or the names of all."),
            new Note("version", "Say which Railiance this is."),
            new Note("help", "Explain a verb."));

    /** The verbs of two words, by the first one. */
    private static final Group AUDIT = new Group(
            "audit",
            "Prove what the ledger says, to yourself or to others.",
            List.of(
                    new Note("verify", "Find the first event that is not as it was written."),
                    new Note("checkpoint", "Sign a statement of the ledger's head, to be kept elsewhere."),
                    new Note("trail", "Tell who did what to a promotion, when, and on what evidence."),
                    new Note("export", "Write a promotion to a bundle that proves itself."),
                    new Note("import", "Verify such a bundle and take it into the ledger."),
                    new Note("rebuild", "Make the status rows again from the events.")));

    private static final Group GATE = new Group(
            "gate", "Judge by the contract's gates.", List.of(new Note("try", "Judge recorded samples, offline.")));

    /**
     * Verbs that share a first word.
     *
     * @param name that word
     * @param about what they are for, in a sentence
     * @param verbs the second words, in the order of the help
     */
    public record Group(String name, String about, List<Note> verbs) {

        /** The whole names. */
        public List<String> names() {
            return verbs.stream().map(verb -> name + " " + verb.term()).toList();
        }
    }

    private Verbs() {}

    /** The verbs that begin with this word, or null. */
    public static @Nullable Group group(String word) {
        if (word.equals(AUDIT.name())) {
            return AUDIT;
        }
        return word.equals(GATE.name()) ? GATE : null;
    }

    /** The verb of this name, or null. */
    public static @Nullable Verb named(String name) {
        return switch (name) {
            case "run" -> new Run();
            case "deploy" -> new DeployCanary();
            case "observe" -> new Observe();
            case "approve" -> new Approve();
            case "approvals" -> new ShowApprovals();
            case "promote" -> new Promote();
            case "rollback" -> new RollBack();
            case "abort" -> new Abort();
            case "validate" -> new Validate();
            case "create-overlay" -> new CreateOverlay();
            case "status" -> new Status();
            case "history" -> new History("history");
            case "audit verify" -> new VerifyLedger();
            case "audit checkpoint" -> new SignCheckpoint();
            case "audit trail" -> new History("audit trail");
            case "audit export" -> new ExportPromotion();
            case "audit import" -> new ImportPromotion();
            case "audit rebuild" -> new RebuildStatuses();
            case "gate try" -> new TryGate();
            case "explain" -> new Explain();
            case "replay" -> new Replay();
            case "stats" -> new Stats();
            case "schema" -> new PrintSchema();
            case "version" -> new Version();
            case "help" -> new Help();
            default -> null;
        };
    }

    /** The first words of all. */
    public static List<String> words() {
        return ALL.stream().map(Note::term).toList();
    }

    /** Their whole names. */
    public static List<String> names() {
        return words().stream()
                .flatMap(word -> {
                    Group group = group(word);
                    return group == null ? Stream.of(word) : group.names().stream();
                })
                .toList();
    }
}
