package dev.railiance.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What came of making the status rows again: {@code railiance.rebuild-result.v1}.
 *
 * @param outcome {@code unchanged} where all rows were right, {@code planned} where some are not and nothing was done,
 *     {@code rebuilt}
 * @param promotions how many the ledger's events know
 * @param different the first promotions whose rows differed, or were missing, or should not have been there
 * @param nextStep the command that does it; empty unless planned
 */
@JsonPropertyOrder({"schema", "outcome", "promotions", "different", "nextStep"})
public record RebuildResult(String schema, String outcome, long promotions, List<String> different, String nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.rebuild-result.v1";

    /** What is known before anything is done. */
    public static RebuildResult planned(AuditVerification found) {
        List<String> different =
                found.statuses().map(AuditVerification.Statuses::different).orElse(List.of());
        return different.isEmpty()
                ? new RebuildResult(SCHEMA, "unchanged", found.promotions(), List.of(), "")
                : new RebuildResult(
                        SCHEMA, "planned", found.promotions(), different, "railiance audit rebuild --apply");
    }

    /** What is known afterwards; {@code promotions} is how many rows there are now. */
    public RebuildResult done(long promotions) {
        return new RebuildResult(SCHEMA, "rebuilt", promotions, different, "");
    }
}
