package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.audit.Checkpoint;
import dev.railiance.audit.SignedCheckpoint;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.ResultFile;
import dev.railiance.cli.output.Words;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs a statement of the ledger's head. */
public final class SignCheckpoint implements Verb {

    /** The key that signs; also of exports. */
    static final Option KEY = new Option(
            "--key",
            "",
            "FILE",
            "Signs: an Ed25519 private key in PEM, an OpenSSH key, or the public one of a key in ssh-agent.");

    private static final Option OUTPUT = new Option(
            "--file",
            "",
            "FILE",
            "Where it is written; the signature goes to FILE.sig. Default: checkpoint-SIZE.json.");

    private record Result(
            String schema,
            String file,
            String signatureFile,
            String signature,
            String keyId,
            long size,
            String ledgerHash,
            String origin,
            Instant at,
            String actor,
            String verify) {}

    @Override
    public Grammar grammar() {
        return new Grammar(
                "audit checkpoint",
                "Verify the ledger, then sign a statement of its head. Kept in git or elsewhere, it shows later whether"
                        + " the ledger was cut short or rewritten.",
                "",
                List.of(KEY, OUTPUT, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance audit checkpoint --key ~/.ssh/id_ed25519", "Signed through ssh-keygen."),
                        new Note("railiance audit checkpoint --key key.pem --file head.json", "With a key in PEM.")),
                List.of(
                        Exits.DONE,
                        Exits.USAGE,
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("7", "The key could not sign, or ssh-keygen is missing."),
                        new Note("8", "Nothing is signed: the ledger is not intact, or out of reach.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Result> answer = Place.of(arguments, surroundings)
                .then(place -> Place.path(arguments, KEY, surroundings)
                        .then(key -> signed(place, key))
                        .then(signed -> Place.path(arguments, OUTPUT, surroundings)
                                .then(file -> written(
                                        file.orElseGet(() -> surroundings
                                                .directory()
                                                .resolve("checkpoint-"
                                                        + signed.checkpoint().size() + ".json")),
                                        signed))));
        return switch (answer) {
            case Outcome.NotDone<Result> not -> reply.failure(not.failure());
            case Outcome.Done<Result> done -> reply.document(0, Json.compact(done.value()), () -> text(done.value()));
        };
    }

    private static Outcome<SignedCheckpoint> signed(Place place, Optional<Path> key) {
        if (key.isEmpty()) {
            return Outcome.notDone(new Failure(
                    Code.USAGE, "a checkpoint is signed: --key names the key", "railiance help audit checkpoint"));
        }
        try (var engine = PromotionEngine.open(place.ledger())) {
            return engine.signingKey(key.get()).then(signer -> engine.audit(audit -> audit.checkpoint(signer)));
        }
    }

    /**
     * The statement first: where it cannot be written, an older one keeps its signature, and no signature is left without a
     * statement. Dying in between leaves a statement whose signature is missing or not its own; verification says so, and
     * signing again mends it.
     */
    private static Outcome<Result> written(Path file, SignedCheckpoint signed) {
        Path signature = Path.of(file + ".sig");
        return ResultFile.at(signature)
                .then(beside -> ResultFile.at(file)
                        .then(place -> place.write(signed.checkpoint().bytes())
                                .then(done -> beside.write(signed.signature().bytes()))))
                .then(done -> Outcome.done(result(file, signature, signed)));
    }

    private static Result result(Path file, Path signature, SignedCheckpoint signed) {
        Checkpoint checkpoint = signed.checkpoint();
        boolean ssh = signed.signature().ssh();
        return new Result(
                "railiance.checkpoint-result.v1",
                file.toString(),
                signature.toString(),
                ssh ? "ssh" : "ed25519",
                signed.signature().keyId(),
                checkpoint.size(),
                checkpoint.ledgerHash().toString(),
                checkpoint.origin().toString(),
                checkpoint.at(),
                checkpoint.actor().name(),
                ssh
                        ? "ssh-keygen -Y verify -f allowed_signers -I NAME -n " + Checkpoint.NAMESPACE + " -s "
                                + signature + " < " + file
                        : "openssl pkeyutl -verify -pubin -inkey PUBLIC.pem -rawin -in " + file + " -sigfile "
                                + signature);
    }

    private static String text(Result result) {
        return "checkpoint  " + result.file() + "\nsignature   " + result.signatureFile() + ", by " + result.keyId()
                + "\nhead        " + result.size() + " events, " + result.ledgerHash() + "\nsaid        by "
                + result.actor() + " at " + Words.moment(result.at()) + "\nverify      " + result.verify() + "\n";
    }
}
