package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.audit.ExportedBundle;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.LabelledLines;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.ResultFile;
import dev.railiance.document.Json;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Hash;
import dev.railiance.signature.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a promotion to a bundle. */
public final class ExportPromotion implements Verb {

    private static final Option FILE = new Option("--file", "", "FILE", "The zip archive to write. Default: ID.zip.");

    private record Result(
            String schema,
            String promotionId,
            String file,
            long bytes,
            String digest,
            int events,
            String hash,
            boolean contract,
            int attestations,
            Optional<String> keyId) {}

    @Override
    public Grammar grammar() {
        return new Grammar(
                "audit export",
                "Write a promotion, the one that changed last or the one that ID names, to a zip archive that proves itself: events, contract, digests of the evidence, and with"
                        + " a key in-toto statements in signed envelopes. The README in it says how to check it without"
                        + " Railiance.",
                "ID",
                List.of(FILE, SignCheckpoint.KEY, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(new Note(
                        "railiance audit export 0198c2 --key ~/.ssh/id_ed25519 --file shop.zip",
                        "Signed, for an auditor or another ledger.")),
                List.of(
                        Exits.DONE,
                        Exits.USAGE,
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("7", "The key could not sign, or ssh-keygen is missing."),
                        new Note("8", "The promotion is not intact, or the ledger out of reach.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Result> answer = Place.of(arguments, surroundings)
                .then(place -> Place.path(arguments, SignCheckpoint.KEY, surroundings)
                        .then(key -> exported(place, arguments.operand(), key)))
                .then(bundle -> Place.path(arguments, FILE, surroundings)
                        .then(file -> written(
                                file.orElseGet(() -> surroundings.directory().resolve(bundle.promotion() + ".zip")),
                                bundle)));
        return switch (answer) {
            case Outcome.NotDone<Result> not -> reply.failure(not.failure());
            case Outcome.Done<Result> done ->
                reply.document(
                        0,
                        Json.compact(done.value()),
                        () -> text(done.value(), reply.terminal().columns()));
        };
    }

    private static Outcome<ExportedBundle> exported(Place place, Optional<String> id, Optional<Path> file) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            Outcome<Optional<SigningKey>> key = file.map(
                            named -> engine.signingKey(named).then(is -> Outcome.done(Optional.of(is))))
                    .orElseGet(() -> Outcome.done(Optional.empty()));
            return key.then(is -> engine.audit(audit -> audit.export(id, is)));
        }
    }

    private static Outcome<Result> written(Path file, ExportedBundle bundle) {
        byte[] archive = bundle.archive();
        return ResultFile.at(file)
                .then(place -> place.write(archive))
                .then(done -> Outcome.done(new Result(
                        "railiance.export-result.v1",
                        bundle.promotion().value(),
                        file.toString(),
                        archive.length,
                        "sha256:" + Hash.over(archive),
                        bundle.events(),
                        bundle.hash().toString(),
                        bundle.contract(),
                        bundle.attestations(),
                        bundle.keyId())));
    }

    private static String text(Result result, int columns) {
        // No wider, so that a digest still fits beside its label.
        var lines = new LabelledLines("contract ".length(), columns);
        lines.line("bundle", result.file() + ", " + result.bytes() + " bytes");
        lines.line("digest", result.digest());
        lines.line("events", result.events() + " of promotion " + result.promotionId());
        lines.line("hash", result.hash());
        lines.line("contract", result.contract() ? "in it" : "missing: the ledger does not keep it");
        lines.line(
                "signed",
                result.keyId()
                        .map(key -> "with " + result.attestations() + " attestations, by " + key)
                        .orElse("no: with --key FILE it is, and attests"));
        return lines.toString();
    }
}
