package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.audit.ImportRequest;
import dev.railiance.audit.ImportResult;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Plain;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.nio.file.InvalidPathException;
import java.util.List;

/** Takes a bundle into the ledger. */
public final class ImportPromotion implements Verb {

    @Override
    public Grammar grammar() {
        return new Grammar(
                "audit import",
                "Verify a bundle that audit export wrote, and take its promotion into the ledger with the same id,"
                        + " sequences and hashes. What the ledger has of it is not taken twice. Who signed it is"
                        + " believed what happened: name those only who may write to this ledger.",
                "FILE",
                List.of(
                        VerifyLedger.KEY,
                        VerifyLedger.ALLOWED,
                        VerifyLedger.UNSIGNED,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(new Note(
                        "railiance audit import shop.zip --allowed-signers ledger_signers",
                        "Signed by a job of ours. Not the file of the approvers: they may not write the ledger.")),
                List.of(
                        Exits.DONE,
                        new Note("2", "The bundle is broken or not to be believed, or the command line wrong."),
                        new Note(
                                "3",
                                "No signature that counts, the ledger knows the promotion otherwise, or another one holds the target."),
                        new Note("5", "Somebody is at work on it; try again."),
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<ImportResult> answer = Place.of(arguments, surroundings)
                .then(place -> request(arguments, surroundings).then(request -> taken(place, request)));
        return switch (answer) {
            case Outcome.NotDone<ImportResult> not -> reply.failure(not.failure());
            case Outcome.Done<ImportResult> done ->
                reply.document(0, Json.compact(done.value()), () -> text(done.value()));
        };
    }

    private static Outcome<ImportRequest> request(Arguments arguments, Surroundings surroundings) {
        if (arguments.operand().isEmpty()) {
            return Outcome.notDone(new Failure(Code.USAGE, "a bundle is wanted", "railiance help audit import"));
        }
        try {
            var file = surroundings.directory().resolve(arguments.operand().get());
            return VerifyLedger.signers(arguments, surroundings)
                    .then(signers ->
                            Outcome.done(new ImportRequest(file, signers, arguments.has(VerifyLedger.UNSIGNED))));
        } catch (InvalidPathException e) {
            return Outcome.notDone(
                    new Failure(Code.USAGE, "a path on the command line is none that this system can have", ""));
        }
    }

    private static Outcome<ImportResult> taken(Place place, ImportRequest request) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            return engine.audit(audit -> audit.take(request));
        }
    }

    private static String text(ImportResult result) {
        return Plain.line(result.outcome() + ": promotion " + result.promotionId() + " of " + result.app() + " to "
                        + result.environment() + ", " + result.phase())
                + "\nevents     " + result.events() + ", of which " + result.appended() + " were new\nhash       "
                + result.hash() + "\nsignature  "
                + Plain.line(result.signer().map(signer -> "by " + signer).orElse("NOT CHECKED")) + "\n";
    }
}
