package dev.railiance.audit;

import dev.railiance.audit.Received.Unfit;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.Ledger.Lease;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.Policy;
import dev.railiance.signature.TrustedSigners;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes a bundle into a ledger, after everything in it was found to hold. */
final class Importing {

    private final Ledger ledger;
    private final EventCodec codec;
    private final Instant now;
    private final Function<String, Optional<Policy>> contracts;

    Importing(Ledger ledger, EventCodec codec, Instant now, Function<String, Optional<Policy>> contracts) {
        this.ledger = ledger;
        this.codec = codec;
        this.now = now;
        this.contracts = contracts;
    }

    Outcome<ImportResult> of(ImportRequest request) {
        return BundleReader.read(request.file())
                .then(files -> complete(request.file(), files))
                .then(files -> signer(request, files)
                        .then(signer -> received(request.file(), files)
                                .then(received -> attestations(request, files, received))
                                .then(received -> take(received, signer))));
    }

    private static Outcome<SortedMap<String, byte[]>> complete(Path file, SortedMap<String, byte[]> files) {
        byte[] sums = files.get(Bundle.SUMS);
        return sums != null && Bundle.sums(files).equals(new String(sums, StandardCharsets.UTF_8))
                ? Outcome.done(files)
                : BundleReader.invalid(file, Bundle.SUMS + " does not list exactly its files with their digests");
    }

    private Outcome<Optional<String>> signer(ImportRequest request, SortedMap<String, byte[]> files) {
        if (request.signers().isEmpty()) {
            return request.unsigned()
                    ? Outcome.done(Optional.empty())
                    : missing(
                            "the signature on the bundle was not checked: nobody was named whose signature counts",
                            "railiance audit import " + request.file() + " --allowed-signers FILE");
        }
        byte[] signature = files.get(Bundle.SIGNATURE);
        if (signature == null) {
            return missing(
                    "the bundle is not signed", "where it comes from: railiance audit export ID --key KEY --file FILE");
        }
        return request.signers()
                .get()
                .signer(files.getOrDefault(Bundle.SUMS, new byte[0]), signature, Bundle.NAMESPACE, now)
                .then(signer -> Outcome.done(Optional.of(signer)));
    }

    private static <T> Outcome<T> missing(String why, String hint) {
        return Outcome.notDone(new Failure(Code.SIGNATURE_MISSING, why, hint));
    }

    private Outcome<Received> received(Path file, SortedMap<String, byte[]> files) {
        try {
            return Outcome.done(Received.of(files, codec, contracts, now));
        } catch (Unfit e) {
            return BundleReader.invalid(file, e.why());
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.FUTURE_VERSION) {
                throw e;
            }
            // Not the ledger's fault, which nothing was read of yet.
            return BundleReader.invalid(file, "it has events that this version of Railiance does not know");
        }
    }

    /** A signed bundle attests exactly what its events say. */
    private Outcome<Received> attestations(ImportRequest request, SortedMap<String, byte[]> files, Received received) {
        if (request.signers().isEmpty()) {
            return Outcome.done(received);
        }
        byte[] lines = files.getOrDefault(Bundle.ATTESTATIONS, new byte[0]);
        TrustedSigners signers = request.signers().get();
        List<String> envelopes =
                new String(lines, StandardCharsets.UTF_8).lines().toList();
        List<String> statements = Statements.of(received.events(), codec);
        if (envelopes.size() != statements.size()) {
            return BundleReader.invalid(request.file(), "it does not attest what its events say");
        }
        Outcome<Received> all = Outcome.done(received);
        for (int i = 0; i < statements.size(); i++) {
            String envelope = envelopes.get(i);
            String statement = statements.get(i);
            all = all.then(is -> Envelope.open(envelope, signers, now)
                    .then(said -> said.equals(statement)
                            ? Outcome.done(is)
                            : BundleReader.invalid(request.file(), "it does not attest what its events say")));
        }
        return all;
    }

    /** Under the promotion's lease: nobody works on it meanwhile. */
    private Outcome<ImportResult> take(Received received, Optional<String> signer) {
        Optional<Lease> lease = ledger.lease(received.promotion());
        if (lease.isEmpty()) {
            return Outcome.notDone(new Failure(
                    Code.PROMOTION_BUSY,
                    "somebody is at work on promotion " + received.promotion(),
                    "railiance status " + received.promotion()));
        }
        try (Lease held = lease.get();
                LedgerSession session = ledger.open()) {
            return append(received, session, held, signer);
        }
    }

    private Outcome<ImportResult> append(
            Received received, LedgerSession session, Lease lease, Optional<String> signer) {
        List<StoredEvent> events = received.events();
        List<StoredEvent> known = session.read(received.promotion(), 0);
        int common = Math.min(known.size(), events.size());
        for (int i = 0; i < common; i++) {
            if (!known.get(i).seal().event().equals(events.get(i).seal().event())) {
                return Outcome.notDone(new Failure(
                        Code.HISTORY_DIVERGED,
                        "promotion " + received.promotion() + " went another way in this ledger, from its event " + i
                                + " on",
                        "railiance audit trail " + received.promotion()));
            }
        }
        Promotion promotion = Promotion.of(events.stream().map(codec::decode).toList());
        List<StoredEvent> fresh = events.subList(common, events.size());
        Optional<PromotionId> rival =
                session.holder(promotion.target()).filter(holder -> !holder.equals(received.promotion()));
        if (rival.isPresent() && flies(events, common)) {
            return Outcome.notDone(new Failure(
                    Code.TARGET_BUSY,
                    "promotion " + rival.get() + " is in flight on " + promotion.target()
                            + ": what the bundle says of this target cannot have happened meanwhile",
                    "railiance status " + rival.get()));
        }
        if (!fresh.isEmpty()) {
            StoredEvent last = fresh.getLast();
            session.append(new Entry(
                    fresh,
                    PromotionStatus.row(promotion, last.sequence(), last.at()),
                    lease.fence(),
                    Stream.concat(received.contract().stream(), received.documents().stream())
                            .toList()));
        }
        return Outcome.done(ImportResult.of(promotion, received, fresh.size(), signer));
    }

    /**
     * Whether a promotion is in flight after any event from a place on. The store looks at the last one alone; but what is
     * appended is read as what happened while nobody else held the target, also when it is over.
     */
    private boolean flies(List<StoredEvent> events, int from) {
        Promotion promotion = Promotion.NEW;
        boolean flies = false;
        for (int i = 0; i < events.size(); i++) {
            promotion = promotion.evolve(codec.decode(events.get(i)));
            flies |= i >= from && promotion.phase().inFlight();
        }
        return flies;
    }
}
