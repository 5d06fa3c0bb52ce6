package dev.railiance.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Promotion;
import java.util.Optional;

/**
 * What came of an import: {@code railiance.import-result.v1}.
 *
 * @param outcome {@code imported}, {@code continued} where the ledger had the beginning, {@code unchanged} where it had it all
 * @param events how many the bundle has
 * @param appended how many of them were new
 * @param hash of the bundle's last event
 * @param signature {@code valid} or {@code not-checked}
 * @param signer whose signature it is
 */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "phase", "outcome"})
public record ImportResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        String phase,
        String outcome,
        int events,
        int appended,
        String hash,
        String signature,
        Optional<String> signer) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.import-result.v1";

    static ImportResult of(Promotion promotion, Received received, int appended, Optional<String> signer) {
        int events = received.events().size();
        return new ImportResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                Rendered.spelled(promotion.phase()),
                appended == 0 ? "unchanged" : appended == events ? "imported" : "continued",
                events,
                appended,
                received.events().getLast().seal().event().toString(),
                signer.isPresent() ? "valid" : "not-checked",
                signer);
    }
}
