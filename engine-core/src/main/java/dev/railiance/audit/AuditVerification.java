package dev.railiance.audit;

import dev.railiance.audit.Verifier.Finding;
import dev.railiance.failure.Failure.Code;
import dev.railiance.projection.Rendered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a ledger is what was written: {@code railiance.audit-verification.v1}.
 *
 * @param schema {@link #SCHEMA}
 * @param scope the word ledger, or promotion
 * @param outcome {@code intact}, {@code tampered} or {@code status-differs}
 * @param promotionId the promotion, where only one was verified
 * @param events how many were found right
 * @param promotions how many begin among them
 * @param hash of the ledger after the last right event; of one promotion, its last right event's
 * @param checked what was looked at: {@code chain}, {@code payloads}, {@code phases}, {@code contracts}, {@code anchor},
 *     {@code statuses}
 * @param anchor the checkpoint that the ledger was held against
 * @param statuses what became of the comparison of status rows with rebuilt ones
 * @param fault the first thing that is not right
 */
public record AuditVerification(
        String schema,
        String scope,
        String outcome,
        Optional<String> promotionId,
        long events,
        long promotions,
        String hash,
        List<String> checked,
        Optional<Anchor> anchor,
        Optional<Statuses> statuses,
        Optional<Fault> fault) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.audit-verification.v1";

    /**
     * A checkpoint that the ledger was held against.
     *
     * @param signature {@code valid}, or {@code not-checked} where somebody asked for that
     * @param signer whose signature it is
     */
    public record Anchor(
            String origin,
            long size,
            String ledgerHash,
            Instant at,
            String actor,
            String signature,
            Optional<String> signer) {

        static Anchor of(Checkpoint checkpoint, Optional<String> signer) {
            return new Anchor(
                    checkpoint.origin().toString(),
                    checkpoint.size(),
                    checkpoint.ledgerHash().toString(),
                    checkpoint.at(),
                    checkpoint.actor().name(),
                    signer.isPresent() ? "valid" : "not-checked",
                    signer);
        }
    }

    /**
     * What is not right, and where.
     *
     * @param code {@code LEDGER_TAMPERED}
     * @param kind see {@link Tampering.Kind}
     */
    public record Fault(
            String code,
            String kind,
            long position,
            Optional<String> promotionId,
            Optional<Long> sequence,
            String what) {

        static Fault of(Tampering tampering) {
            return new Fault(
                    Code.LEDGER_TAMPERED.name(),
                    Rendered.spelled(tampering.kind()),
                    tampering.position(),
                    tampering.promotion().map(Object::toString),
                    tampering.sequence().stream().boxed().findFirst(),
                    tampering.what());
        }
    }

    /**
     * Status rows against rebuilt ones.
     *
     * @param outcome {@code equal} or {@code different}
     * @param compared how many
     * @param different the first promotions whose rows differ, or are missing, or should not be there
     */
    public record Statuses(String outcome, long compared, List<String> different) {}

    static AuditVerification of(
            Optional<String> promotion,
            Finding finding,
            boolean payloads,
            Optional<Anchor> anchor,
            Optional<Statuses> statuses) {
        boolean differs = statuses.map(found -> !found.different().isEmpty()).orElse(false);
        return new AuditVerification(
                SCHEMA,
                promotion.isPresent() ? "promotion" : "ledger",
                finding.fault().isPresent() ? "tampered" : differs ? "status-differs" : "intact",
                promotion,
                finding.events(),
                finding.promotions(),
                finding.hash().toString(),
                Stream.of(
                                Stream.of("chain"),
                                payloads ? Stream.of("payloads", "phases", "contracts") : Stream.<String>empty(),
                                anchor.stream().map(is -> "anchor"),
                                statuses.stream().map(is -> "statuses"))
                        .flatMap(part -> part)
                        .toList(),
                anchor,
                statuses,
                finding.fault().map(Fault::of));
    }
}
