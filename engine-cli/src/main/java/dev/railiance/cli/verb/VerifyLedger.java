package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.audit.AuditVerification;
import dev.railiance.audit.VerifyRequest;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.AuditView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.signature.TrustedSigners;
import java.util.List;
import java.util.Optional;

/** Verifies the ledger. */
public final class VerifyLedger implements Verb {

    static final Option KEY =
            new Option("--key", "", "FILE", "The public key whose signature counts: Ed25519 in PEM, or OpenSSH.");
    static final Option ALLOWED =
            new Option("--allowed-signers", "", "FILE", "The people whose signatures count, in OpenSSH's form.");
    static final Option UNSIGNED = new Option(
            "--insecure-skip-signature", "", "", "Go on although nobody's signature is checked. Proves less.");

    private static final Option ANCHOR =
            new Option("--anchor", "", "FILE", "Hold the ledger against this checkpoint; its signature is FILE.sig.");
    private static final Option CHAIN = new Option(
            "--chain-only", "", "", "Verify the hashes alone: faster, and silent about what the events say.");
    private static final Option STATUSES =
            new Option("--statuses", "", "", "Compare the status rows with rebuilt ones as well.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "audit verify",
                "Read the whole ledger and find the first event that is not as it was written: changed, missing, inserted"
                        + " or out of order. With ID, one promotion by itself.",
                "ID",
                List.of(
                        ANCHOR,
                        KEY,
                        ALLOWED,
                        UNSIGNED,
                        CHAIN,
                        STATUSES,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance audit verify", "Is the ledger whole in itself?"),
                        new Note(
                                "railiance audit verify --anchor head.json --key head.pub",
                                "And is it the one that was signed, or its continuation?")),
                List.of(
                        new Note("0", "Intact."),
                        Exits.USAGE,
                        new Note("3", "The anchor's signature is missing or does not hold."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("8", "Tampered with, damaged, too new or out of reach.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<AuditVerification> answer = Place.of(arguments, surroundings)
                .then(place -> request(arguments, surroundings).then(request -> verify(place, request)));
        return switch (answer) {
            case Outcome.NotDone<AuditVerification> not -> reply.failure(not.failure());
            case Outcome.Done<AuditVerification> done ->
                reply.document(
                        done.value().outcome().equals("intact") ? 0 : Category.LEDGER.exitCode(),
                        Json.compact(done.value()),
                        () -> AuditView.of(done.value()));
        };
    }

    private static Outcome<AuditVerification> verify(Place place, VerifyRequest request) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            return engine.audit(audit -> audit.verify(request));
        }
    }

    private static Outcome<VerifyRequest> request(Arguments arguments, Surroundings surroundings) {
        boolean anchored = arguments.has(ANCHOR);
        if (!anchored && (arguments.has(KEY) || arguments.has(ALLOWED) || arguments.has(UNSIGNED))) {
            return Outcome.notDone(new Failure(
                    Code.USAGE,
                    "signers are asked for where there is a signature: with " + ANCHOR.name(),
                    "railiance help audit verify"));
        }
        return signers(arguments, surroundings)
                .then(signers -> Place.path(arguments, ANCHOR, surroundings)
                        .then(anchor -> Outcome.done(new VerifyRequest(
                                arguments.operand(),
                                anchor,
                                signers,
                                arguments.has(UNSIGNED),
                                arguments.has(CHAIN),
                                arguments.has(STATUSES)))));
    }

    /** Whose signatures count, as the command line says it. */
    static Outcome<Optional<TrustedSigners>> signers(Arguments arguments, Surroundings surroundings) {
        int named = (arguments.has(KEY) ? 1 : 0) + (arguments.has(ALLOWED) ? 1 : 0) + (arguments.has(UNSIGNED) ? 1 : 0);
        if (named > 1) {
            return Outcome.notDone(new Failure(
                    Code.USAGE,
                    KEY.name() + ", " + ALLOWED.name() + " and " + UNSIGNED.name() + " exclude each other",
                    "railiance help audit verify"));
        }
        return Place.path(arguments, KEY, surroundings)
                .then(key -> Place.path(arguments, ALLOWED, surroundings).then(allowed -> {
                    if (key.isPresent()) {
                        return TrustedSigners.key(key.get()).then(is -> Outcome.done(Optional.of(is)));
                    }
                    return allowed.isPresent()
                            ? TrustedSigners.allowed(allowed.get()).then(is -> Outcome.done(Optional.of(is)))
                            : Outcome.done(Optional.<TrustedSigners>empty());
                }));
    }
}
