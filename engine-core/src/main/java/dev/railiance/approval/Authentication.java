package dev.railiance.approval;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Proof;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.signature.Signers;
import dev.railiance.signature.Signers.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a signed statement is by whom it says, with a key that counts. What it says is not looked at here. */
final class Authentication {

    private final Ground ground;
    private final KeptDocument trusted;
    private final Signers signers;
    private final Optional<Signers> present;
    private final Instant now;

    private Authentication(Ground ground, KeptDocument trusted, Path repository, Instant now) {
        this.ground = ground;
        this.trusted = trusted;
        this.signers = Signers.parse(trusted.content());
        this.present = SignersFile.read(repository, ground.signersName())
                .map(KeptDocument::content)
                .map(Signers::parse);
        this.now = now;
    }

    /**
     * Under the signers that count.
     *
     * @param repository whose file may say meanwhile that a key's time is over
     */
    static Outcome<Authentication> under(Ground ground, Path repository, Instant now) {
        return ground.signers().then(trusted -> Outcome.done(new Authentication(ground, trusted, repository, now)));
    }

    /** The signers file. */
    KeptDocument trusted() {
        return trusted;
    }

    /** The name under which the holder of a key in a file approves. */
    Outcome<String> holder(Path key, Optional<Scope> scope) {
        if (!Files.isReadable(key)) {
            return refused(Code.KEY_UNUSABLE, "the key file " + key + " cannot be read", "railiance help approve");
        }
        return person(signers.holder(key), scope)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.KEY_UNKNOWN,
                        "nobody in " + ground.signersName() + " has the key in " + key,
                        "railiance approvals " + ground.id())));
    }

    /** A name that is in the file. */
    Outcome<String> named(String name) {
        return signers.know(name)
                ? Outcome.done(name)
                : Outcome.notDone(new Failure(
                        Code.KEY_UNKNOWN,
                        "nobody in " + ground.signersName() + " has this name",
                        "railiance approvals " + ground.id()));
    }

    /**
     * A key stands for one person: the first of its names that the rule names, otherwise the first of all. Otherwise somebody
     * with two names would be two.
     */
    private Optional<String> person(List<String> names, Optional<Scope> scope) {
        List<String> wanted = scope.map(ground::rule)
                .map(ApprovalRule::from)
                .map(List::copyOf)
                .orElse(List.of());
        return names.stream()
                .filter(wanted::contains)
                .findFirst()
                .or(() -> names.stream().findFirst());
    }

    /** That a statement is its approver's. */
    Outcome<Proven> proven(ApprovalStatement statement, byte[] signature, Optional<Scope> scope) {
        byte[] message = statement.bytes();
        return switch (signers.check(message, signature, ApprovalStatement.NAMESPACE, now)) {
            case Answer.Holds holds -> proven(statement, signature, holds, scope);
            case Answer.Forged forged ->
                refused(
                        Code.SIGNATURE_INVALID,
                        "the signature is not one over this statement",
                        "take statement and signature from where they were made");
            case Answer.OtherNamespace other ->
                refused(
                        Code.SIGNATURE_NAMESPACE,
                        "the signature was made for something else than " + ApprovalStatement.NAMESPACE,
                        "ssh-keygen -Y sign -n " + ApprovalStatement.NAMESPACE + " -f KEY STATEMENT");
            case Answer.UnknownKey unknown ->
                refused(
                        Code.KEY_UNKNOWN,
                        "nobody in " + ground.signersName() + " has the key " + unknown.key(),
                        "railiance approvals " + ground.id());
            case Answer.NotValid not -> notValid(not.key(), not.over());
        };
    }

    private Outcome<Proven> proven(
            ApprovalStatement statement, byte[] signature, Answer.Holds holds, Optional<Scope> scope) {
        if (present.filter(file -> file.over(signature, now)).isPresent()) {
            return notValid(holds.key(), true);
        }
        Optional<String> person = person(holds.everyName(), scope).filter(statement.approver()::equals);
        if (person.isEmpty() || !holds.names().contains(statement.approver())) {
            return refused(
                    Code.KEY_UNKNOWN,
                    "the key " + holds.key() + " does not stand for the approver that the statement names",
                    "railiance approvals " + ground.id());
        }
        if (approvedAsAnother(holds.key(), statement)) {
            return refused(
                    Code.KEY_UNKNOWN,
                    "the key " + holds.key() + " has approved under another name already",
                    "railiance approvals " + ground.id());
        }
        KeptDocument said = KeptDocument.of(statement.text());
        KeptDocument signed = KeptDocument.of(new String(signature, StandardCharsets.UTF_8));
        return Outcome.done(new Proven(
                holds.everyName(),
                new Proof(
                        new Digest(said.digest()),
                        new Digest(signed.digest()),
                        new Digest(trusted.digest()),
                        holds.key()),
                List.of(said, signed, trusted)));
    }

    /** An authority may certify one key for two names; it is one person all the same. */
    private boolean approvedAsAnother(String key, ApprovalStatement statement) {
        return ground.promotion().approvals().stream()
                .filter(approval -> statement.scope().equals(Optional.of(Rendered.spelled(approval.scope()))))
                .filter(approval -> !approval.approver().name().equals(statement.approver()))
                .anyMatch(approval -> approval.proof()
                        .filter(proof -> proof.key().equals(key))
                        .isPresent());
    }

    private Outcome<Proven> notValid(String key, boolean over) {
        return refused(
                Code.KEY_NOT_VALID,
                over
                        ? "the time of the key " + key + " is over (valid-before in " + ground.signersName()
                                + ", or its certificate)"
                        : "the key " + key + " may not sign for " + ApprovalStatement.NAMESPACE + " now (valid-after or"
                                + " namespaces in " + ground.signersName() + ", or its certificate)",
                "railiance approvals " + ground.id());
    }

    private <T> Outcome<T> refused(Code code, String why, String hint) {
        return Outcome.notDone(new Failure(code, "promotion " + ground.id() + ": " + why, hint));
    }

    /**
     * A statement that is its approver's.
     *
     * @param aliases every name that the key stands for
     * @param documents statement, signature and signers
     */
    record Proven(List<String> aliases, Proof proof, List<KeptDocument> documents) {
        Proven {
            aliases = List.copyOf(aliases);
            documents = List.copyOf(documents);
        }
    }
}
