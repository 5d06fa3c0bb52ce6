package dev.railiance.cli.verb;

import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.failure.Failure.Category;

/** What exit codes mean, said once for all verbs. */
final class Exits {

    static final Note DONE = new Note("0", "Done.");
    static final Note BUG = new Note("1", "A fault in Railiance itself.");
    static final Note USAGE =
            new Note("2", "The command line or the contract is wrong, or the answer cannot be written.");
    static final Note REFUSED = new Note("3", "The lifecycle refuses it; another promotion may hold the target.");
    static final Note NOT_FOUND = new Note("4", "There is no such repository, contract, promotion or schema.");
    static final Note BUSY = new Note("5", "Somebody else is at work on it; try again.");
    static final Note TOOL =
            new Note("7", "A tool or the cluster cannot be reached; what was begun can be carried on.");
    static final Note LEDGER = new Note("8", "The ledger is damaged, too new or out of reach.");

    private Exits() {}

    /** Of an outcome of Stage 3; to be rolled back is what a rollback is for, and what a promotion is not. */
    static int ofStage3(String outcome, boolean wanted) {
        return switch (outcome) {
            case "refused" -> Category.REFUSED.exitCode();
            case "errored" -> Category.TOOL.exitCode();
            case "failed", "incomplete" -> Category.WORKLOAD.exitCode();
            case "rolled-back" -> wanted ? 0 : Category.WORKLOAD.exitCode();
            default -> 0;
        };
    }
}
