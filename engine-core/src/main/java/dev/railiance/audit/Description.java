package dev.railiance.audit;

import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.ValidationReport;
import java.util.ArrayList;
import java.util.List;

/** What a bundle says of itself; made from the events alone. */
final class Description {

    /** The name of the schema of {@code bundle.json}. */
    static final String SCHEMA = "railiance.audit-bundle.v1";

    /** The name of the schema of {@code evidence.json}. */
    static final String EVIDENCE_SCHEMA = "railiance.audit-evidence.v1";

    private record Form(
            String app,
            boolean contract,
            String contractDigest,
            String environment,
            int events,
            String hash,
            String promotionId,
            String schema) {}

    private record Evidence(List<Item> evidence, String schema) {}

    private record Item(String digest, String kind, String name, long sequence) {}

    private Description() {}

    /** {@code bundle.json}: which promotion this is, and the hash of its last event. */
    static String of(List<StoredEvent> events, PromotionOpened opened, boolean contract) {
        return line(new Form(
                opened.target().app(),
                contract,
                opened.contract().value(),
                opened.target().environment(),
                events.size(),
                events.getLast().seal().event().toString(),
                opened.id().value(),
                SCHEMA));
    }

    /** {@code evidence.json}: every digest that an event relies on. */
    static String evidence(List<StoredEvent> events, EventCodec codec) {
        var items = new ArrayList<Item>();
        for (StoredEvent stored : events) {
            long at = stored.sequence();
            switch (codec.decode(stored)) {
                case PromotionValidated done -> files(items, at, done.report());
                case ValidationFailed done -> files(items, at, done.report());
                case ValidationErrored done -> files(items, at, done.report());
                case CanaryDeployed done ->
                    items.add(new Item(
                            done.release().manifests().value(),
                            "manifests",
                            done.release().name(),
                            at));
                case PromotionPromoted done ->
                    items.add(new Item(
                            done.release().manifests().value(),
                            "manifests",
                            done.release().name(),
                            at));
                case GateEvaluated look ->
                    items.add(new Item(
                            look.evaluation().digest().value(),
                            "samples",
                            look.evaluation().gate(),
                            at));
                case ApprovalGranted granted ->
                    items.add(new Item(
                            granted.approval().plan().value(),
                            "plan",
                            granted.approval().approver().name(),
                            at));
                default -> {
                    // Relies on nothing that lies outside the events.
                }
            }
        }
        return line(new Evidence(items, EVIDENCE_SCHEMA));
    }

    private static void files(List<Item> items, long at, ValidationReport report) {
        for (EvidenceFile file : report.evidence()) {
            items.add(new Item(file.digest().value(), "file", file.path(), at));
        }
    }

    private static String line(Object form) {
        return EventCodec.canonical(Json.compact(form)) + "\n";
    }
}
