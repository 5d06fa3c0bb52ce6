package dev.railiance.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a promotion's events attest of its artifact, as in-toto statements of version 1: one for each fact that a gate may ask
 * for. Made from the events alone, so that the same events always give the same bytes.
 */
final class Statements {

    /** The form of an in-toto statement. */
    static final String TYPE = "https://in-toto.io/Statement/v1";

    private static final String PREDICATES = "https://railiance.dev/attestation/";
    private static final String GIT_COMMIT = "[0-9a-f]{40}([0-9a-f]{24})?";

    private final EventCodec codec;
    private final List<JsonNode> gates = new ArrayList<>();
    private final List<String> made = new ArrayList<>();

    private record Statement(
            @JsonProperty("_type") String type, List<Subject> subject, String predicateType, Predicate predicate) {}

    private record Subject(String name, Map<String, String> digest) {}

    private record Predicate(
            String promotion,
            String app,
            String environment,
            String contractDigest,
            Instant at,
            String by,
            Event event,
            JsonNode data,
            Optional<List<JsonNode>> gateEvaluations) {}

    private record Event(String type, int version, long sequence, String hash) {}

    private Statements(EventCodec codec) {
        this.codec = codec;
    }

    /** The statements of a whole promotion, each in its canonical form. */
    static List<String> of(List<StoredEvent> events, EventCodec codec) {
        var statements = new Statements(codec);
        Optional<PromotionOpened> opened = Optional.empty();
        for (StoredEvent stored : events) {
            PromotionEvent event = codec.decode(stored);
            if (event instanceof PromotionOpened opening) {
                opened = Optional.of(opening);
            }
            opened.ifPresent(opening -> statements.next(opening, stored, event));
        }
        return List.copyOf(statements.made);
    }

    private void next(PromotionOpened opened, StoredEvent stored, PromotionEvent event) {
        ObjectNode data = codec.tree(event);
        data.remove(List.of("at", "by"));
        if (event instanceof CanaryDeployStarted || event instanceof WeightChanged) {
            gates.clear();
        }
        if (event instanceof GateEvaluated) {
            gates.add(data.get("evaluation"));
        }
        predicate(event)
                .ifPresent(name -> made.add(EventCodec.canonical(Json.compact(new Statement(
                        TYPE,
                        subjects(opened),
                        PREDICATES + name + "/v1",
                        new Predicate(
                                opened.id().value(),
                                opened.target().app(),
                                opened.target().environment(),
                                opened.contract().value(),
                                event.at(),
                                event.by().name(),
                                new Event(
                                        stored.type(),
                                        stored.version(),
                                        stored.sequence(),
                                        stored.seal().event().toString()),
                                data,
                                event instanceof GatesPassed ? Optional.of(List.copyOf(gates)) : Optional.empty()))))));
    }

    /** What kind of fact an event is; most are none. */
    private static Optional<String> predicate(PromotionEvent event) {
        return switch (event) {
            case PromotionValidated validated -> Optional.of("validation");
            case CanaryDeployed deployed -> Optional.of("canary");
            case GatesPassed passed -> Optional.of("gates");
            case PromotionApproved approved -> Optional.of("approval");
            case PromotionPromoted promoted -> Optional.of("promotion");
            case PromotionRolledBack back -> Optional.of("rollback");
            default -> Optional.empty();
        };
    }

    /** By everything that it can be recognised by: the image, the commit, and the digest over all that identifies it. */
    private static List<Subject> subjects(PromotionOpened opened) {
        Artifact artifact = opened.artifact();
        var subjects = new ArrayList<Subject>();
        artifact.imageDigest()
                .map(Statements::digest)
                .ifPresent(digest -> subjects.add(new Subject(artifact.image().orElse("image"), digest)));
        var source = new TreeMap<String, String>();
        artifact.content().ifPresent(content -> source.putAll(digest(content)));
        if (artifact.revision().matches(GIT_COMMIT)) {
            source.put("gitCommit", artifact.revision());
        }
        if (!source.isEmpty()) {
            subjects.add(new Subject("source", source));
        }
        subjects.add(new Subject("railiance-artifact:" + opened.target().app(), digest(artifact.digest())));
        return subjects;
    }

    private static Map<String, String> digest(Digest digest) {
        int colon = digest.value().indexOf(':');
        return Map.of(digest.value().substring(0, colon), digest.value().substring(colon + 1));
    }
}
