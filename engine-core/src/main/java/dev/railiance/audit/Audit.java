package dev.railiance.audit;

import dev.railiance.audit.Anchors.Anchor;
import dev.railiance.audit.AuditVerification.Statuses;
import dev.railiance.audit.Verifier.Finding;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.LedgerView;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.Policy;
import dev.railiance.signature.SigningKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an auditor can ask of a ledger. Every method may throw {@link dev.railiance.ledger.LedgerException}, which the engine
 * turns into a failure.
 */
public final class Audit {

    private final Ledger ledger;
    private final EventCodec codec;
    private final Actor actor;
    private final InstantSource clock;
    private final Function<String, Optional<Policy>> contracts;

    /**
     * An audit of a ledger, by somebody.
     *
     * @param contracts what the text of a contract declares; empty for one that cannot be read
     */
    public Audit(
            Ledger ledger,
            EventCodec codec,
            Actor actor,
            InstantSource clock,
            Function<String, Optional<Policy>> contracts) {
        this.contracts = contracts;
        this.ledger = ledger;
        this.codec = codec;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * Verifies the ledger or one promotion of it.
     *
     * @return what was found, tampering included; a failure only where nothing could be found out
     */
    public Outcome<AuditVerification> verify(VerifyRequest request) {
        return request.promotion().isPresent() ? verifyPromotion(request) : verifyLedger(request);
    }

    private Outcome<AuditVerification> verifyPromotion(VerifyRequest request) {
        if (request.anchor().isPresent() || request.statuses() || request.chainOnly()) {
            return Outcome.notDone(new Failure(
                    Code.USAGE,
                    "one promotion is verified by itself; the rest of what was asked is about the whole ledger",
                    "railiance audit verify"));
        }
        return reading(session -> promotion(session, request.promotion()).then(row -> {
            Optional<String> id = Optional.of(row.promotion().value());
            Finding finding = whole(session, row).finding();
            return Outcome.done(AuditVerification.of(id, finding, true, Optional.empty(), Optional.empty()));
        }));
    }

    private Outcome<AuditVerification> verifyLedger(VerifyRequest request) {
        Outcome<Optional<Anchor>> anchor = request.anchor()
                .map(file -> Anchors.read(file, request.signers(), request.unsigned(), clock.instant())
                        .then(read -> Outcome.done(Optional.of(read))))
                .orElseGet(() -> Outcome.done(Optional.empty()));
        return anchor.then(held -> reading(session -> {
            if (session.isEmpty() && held.isEmpty()) {
                return Outcome.notDone(Query.nothingRecorded());
            }
            Optional<Checkpoint> checkpoint = held.map(Anchor::checkpoint);
            EventLog log = log(session);
            Finding finding = (request.chainOnly()
                            ? Verifier.ofChain(log, checkpoint)
                            : Verifier.whole(log, codec, checkpoint))
                    .verify();
            Optional<StatusRows> rows = session.filter(
                            open -> request.statuses() && finding.fault().isEmpty())
                    .map(open -> new StatusRows(open, codec, finding.events()));
            Optional<Statuses> statuses = rows.map(read -> read.compare(finding.promotions()));
            return Outcome.done(AuditVerification.of(
                    Optional.empty(),
                    rows.flatMap(StatusRows::truncation).map(finding::with).orElse(finding),
                    !request.chainOnly(),
                    held.map(is -> AuditVerification.Anchor.of(is.checkpoint(), is.signer())),
                    statuses));
        }));
    }

    /**
     * Says what the ledger's head is, and signs it: but only of a ledger that was found intact.
     *
     * @return the checkpoint and its signature; {@link Code#LEDGER_TAMPERED} if there is nothing that could be signed
     */
    public Outcome<SignedCheckpoint> checkpoint(SigningKey key) {
        Outcome<Checkpoint> said = reading(session -> {
            Finding finding =
                    Verifier.whole(log(session), codec, Optional.empty()).verify();
            if (finding.fault().isPresent()) {
                return Outcome.notDone(tampered(finding.fault().get()));
            }
            return finding.events() == 0
                    ? Outcome.notDone(Query.nothingRecorded())
                    : Outcome.done(new Checkpoint(
                            finding.origin(),
                            finding.events(),
                            finding.hash(),
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            actor));
        });
        // The ledger is closed by now: a key on a token may take its time.
        return said.then(checkpoint -> key.sign(checkpoint.bytes(), Checkpoint.NAMESPACE)
                .then(signed -> Outcome.done(new SignedCheckpoint(checkpoint, signed))));
    }

    /**
     * Writes a promotion that was found intact to a bundle that can be verified without this program.
     *
     * @param promotion its id, or the beginning of it; empty for the one that changed last
     * @param key signs the bundle and what it attests; without one, nothing is attested
     */
    public Outcome<ExportedBundle> export(Optional<String> promotion, Optional<SigningKey> key) {
        Outcome<Whole> read = reading(session -> promotion(session, promotion).then(row -> {
            Whole whole = whole(session, row);
            return whole.finding().fault().isPresent()
                    ? Outcome.notDone(tampered(whole.finding().fault().get()))
                    : Outcome.done(whole);
        }));
        return read.then(is -> new Exporting(codec, key).of(is.events(), is.contract(), is.documents()));
    }

    /** A promotion with all that is kept of it, and whether that is right. */
    private record Whole(
            List<StoredEvent> events, Optional<String> contract, List<KeptDocument> documents, Finding finding) {}

    private Whole whole(Optional<LedgerSession> session, StatusRow row) {
        List<StoredEvent> events = read(session, row.promotion());
        StatusRow current = row;
        if (events.size() != row.sequence() + 1) {
            // On a shared ledger somebody may have appended between the row and the events: then both are read once
            // more.
            current = session.flatMap(open -> open.status(row.promotion())).orElse(row);
            events = read(session, row.promotion());
        }
        Finding finding = PromotionChain.complete(PromotionChain.verify(events, codec), current, events);
        if (finding.fault().isPresent() || !(codec.decode(events.getFirst()) instanceof PromotionOpened opened)) {
            return new Whole(events, Optional.empty(), List.of(), finding);
        }
        String digest = opened.contract().value();
        Optional<String> contract = session.flatMap(open -> open.kept(digest));
        Optional<Tampering> fault = PromotionChain.contract(events.getFirst(), digest, contract);
        return documented(session, events, contract, fault.map(finding::with).orElse(finding));
    }

    private Whole documented(
            Optional<LedgerSession> session, List<StoredEvent> events, Optional<String> contract, Finding finding) {
        Optional<Tampering> fault = events.stream()
                .flatMap(event -> changed(session, event).stream())
                .findFirst();
        if (finding.fault().isPresent() || fault.isPresent()) {
            return new Whole(
                    events, contract, List.of(), fault.map(finding::with).orElse(finding));
        }
        return new Whole(events, contract, documents(session, events), finding);
    }

    private Optional<Tampering> changed(Optional<LedgerSession> session, StoredEvent event) {
        return PromotionChain.documents(event, codec.decode(event), name -> session.flatMap(open -> open.kept(name)));
    }

    private List<KeptDocument> documents(Optional<LedgerSession> session, List<StoredEvent> events) {
        return Documents.named(events.stream().map(codec::decode).toList()).stream()
                .flatMap(name -> session.flatMap(open -> open.kept(name)).stream())
                .map(KeptDocument::of)
                .toList();
    }

    /**
     * Verifies a bundle and takes its promotion into the ledger, with the same id, sequences and hashes. One that the ledger
     * has in part is continued.
     *
     * @return what came of it; {@link Code#BUNDLE_INVALID}, {@link Code#SIGNATURE_MISSING} or
     *     {@link Code#SIGNATURE_INVALID} if it cannot be believed, {@link Code#HISTORY_DIVERGED} if the ledger knows it
     *     otherwise, {@link Code#TARGET_BUSY} if another promotion is in flight on its target
     */
    public Outcome<ImportResult> take(ImportRequest request) {
        return new Importing(ledger, codec, clock.instant(), contracts).of(request);
    }

    static Failure tampered(Tampering tampering) {
        return tampered(AuditVerification.Fault.of(tampering));
    }

    /** What is said of a ledger in which a fault was found. */
    public static Failure tampered(AuditVerification.Fault fault) {
        return new Failure(
                Code.LEDGER_TAMPERED,
                "the ledger is not what was written: position " + fault.position() + ", "
                        + fault.kind().replace('-', ' ') + ": " + fault.what(),
                "railiance audit verify");
    }

    private Outcome<StatusRow> promotion(Optional<LedgerSession> session, Optional<String> idOrPrefix) {
        return idOrPrefix
                .map(Query::status)
                .orElseGet(Query::latestStatus)
                .answer(new LedgerView(session, () -> codec));
    }

    private static List<StoredEvent> read(Optional<LedgerSession> session, PromotionId id) {
        return session.map(open -> open.read(id, 0)).orElse(List.of());
    }

    private static EventLog log(Optional<LedgerSession> session) {
        return session.map(EventLog::of).orElse(EventLog.EMPTY);
    }

    private <T> Outcome<T> reading(Function<Optional<LedgerSession>, Outcome<T>> work) {
        Optional<LedgerSession> session = ledger.inspect();
        try {
            return work.apply(session);
        } finally {
            session.ifPresent(LedgerSession::close);
        }
    }
}
