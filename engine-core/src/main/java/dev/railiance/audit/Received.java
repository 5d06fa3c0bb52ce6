package dev.railiance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.audit.Verifier.Finding;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionEvent.PromotionValidated;
import dev.railiance.promotion.PromotionEvent.ValidationErrored;
import dev.railiance.promotion.PromotionEvent.ValidationFailed;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.replay.Policy;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What a bundle says, once all of it was found to fit together.
 *
 * @param promotion whose bundle it is
 * @param events with their hashes and without positions
 * @param contract its text, where the bundle has it
 * @param documents others that its events name
 */
record Received(
        PromotionId promotion,
        List<StoredEvent> events,
        Optional<KeptDocument> contract,
        List<KeptDocument> documents) {

    private static final int MOST_EVENTS = 100_000;
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** Says what is wrong with a bundle, in words that quote nothing of it. */
    static final class Unfit extends Exception {

        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads the files of a bundle.
     *
     * @param contracts what the text of a contract declares
     * @param now by the clock of who imports it
     * @throws Unfit if they are not, to the byte, such as an export writes, if the guards do not let its events happen, or if
     *     they say what cannot be
     * @throws LedgerException if an event is of a version to come
     */
    static Received of(
            SortedMap<String, byte[]> files,
            EventCodec codec,
            Function<String, Optional<Policy>> contracts,
            Instant now)
            throws Unfit {
        List<StoredEvent> events = events(text(files, Bundle.EVENTS));
        Finding finding = PromotionChain.verify(events, codec);
        if (finding.fault().isPresent()) {
            Tampering fault = finding.fault().get();
            throw new Unfit("event " + fault.sequence().orElse(0) + ": " + fault.what());
        }
        if (!(codec.decode(events.getFirst()) instanceof PromotionOpened opened)) {
            throw new Unfit("its first event opens no promotion");
        }
        Optional<KeptDocument> contract = contract(files, opened.contract().value());
        if (!text(files, Bundle.DESCRIPTION).equals(Description.of(events, opened, contract.isPresent()))
                || !text(files, Bundle.EVIDENCE).equals(Description.evidence(events, codec))) {
            throw new Unfit("what it says of itself is not what its events say");
        }
        Optional<String> objection = contract.flatMap(text -> otherRules(opened, contracts.apply(text.content())))
                .or(() -> Guards.objection(events, codec))
                .or(() -> events.stream()
                        .flatMap(event -> impossible(event, codec, now).stream())
                        .findFirst());
        if (objection.isPresent()) {
            throw new Unfit(objection.get());
        }
        List<KeptDocument> documents = documents(files, events, codec);
        Optional<String> other = opened.mandate().flatMap(mandate -> otherMandate(mandate, documents, contracts));
        if (other.isPresent()) {
            throw new Unfit(other.get());
        }
        Optional<String> unproven = events.stream()
                .flatMap(event ->
                        Proofs.objection(opened.id(), event.sequence(), codec.decode(event), documents).stream())
                .findFirst();
        if (unproven.isPresent()) {
            throw new Unfit(unproven.get());
        }
        return new Received(opened.id(), events, contract, documents);
    }

    /** What no guard asks of an event, since an engine that records one has no need to. */
    private static Optional<String> impossible(StoredEvent event, EventCodec codec, Instant now) {
        if (event.at().isAfter(now.plus(CLOCKS))) {
            return Optional.of("event " + event.sequence() + " lies in the future, by more than the "
                    + CLOCKS.toMinutes() + " minutes that clocks may differ; is that of this machine right?");
        }
        Optional<ValidationReport> report = switch (codec.decode(event)) {
            case PromotionValidated validated -> Optional.of(validated.report());
            case ValidationFailed failed -> Optional.of(failed.report());
            case ValidationErrored errored -> Optional.of(errored.report());
            default -> Optional.empty();
        };
        return report.filter(is -> is.verdict() != ValidationReport.over(is.steps()))
                .map(is -> "the verdict on Stage 1 in event " + event.sequence() + " does not follow from its steps");
    }

    /** The rules that are recorded are those that everything was decided by: they must be the contract's. */
    private static Optional<String> otherRules(PromotionOpened opened, Optional<Policy> declared) {
        if (declared.isEmpty()) {
            return Optional.of("its contract is none that this version of Railiance can read");
        }
        Policy policy = declared.get();
        return policy.rules().equals(opened.rules()) && policy.target().equals(opened.target())
                ? Optional.empty()
                : Optional.of("the rules or the target that its events name are not those of its contract");
    }

    /** The rules that it was approved under instead of its own: they must be those of the contract that they are said to be of. */
    private static Optional<String> otherMandate(
            Mandate mandate, List<KeptDocument> documents, Function<String, Optional<Policy>> contracts) {
        return documents.stream()
                        .filter(document ->
                                document.digest().equals(mandate.contract().value()))
                        .findFirst()
                        .flatMap(document -> contracts.apply(document.content()))
                        .map(Policy::rules)
                        .filter(rules -> rules.critical() == mandate.critical()
                                && rules.canary().equals(mandate.canary())
                                && rules.production().equals(mandate.production())
                                && rules.rollback().equals(mandate.rollback()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(
                        "the approval rules that it was decided under are not those of the contract that it names");
    }

    private static String text(SortedMap<String, byte[]> files, String name) throws Unfit {
        byte[] content = files.get(name);
        if (content == null) {
            throw new Unfit("it has no " + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static Optional<KeptDocument> contract(SortedMap<String, byte[]> files, String digest) throws Unfit {
        if (!files.containsKey(Bundle.CONTRACT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeptDocument(digest, text(files, Bundle.CONTRACT)));
        } catch (IllegalArgumentException e) {
            throw new Unfit("its contract is not the one that its events name");
        }
    }

    private static List<KeptDocument> documents(
            SortedMap<String, byte[]> files, List<StoredEvent> events, EventCodec codec) throws Unfit {
        if (!files.containsKey(Bundle.DOCUMENTS)) {
            return List.of();
        }
        return Documents.read(
                        text(files, Bundle.DOCUMENTS),
                        Documents.named(events.stream().map(codec::decode).toList()))
                .orElseThrow(() -> new Unfit("its documents are not those that its events name"));
    }

    private static List<StoredEvent> events(String lines) throws Unfit {
        var events = new ArrayList<StoredEvent>();
        Hash previous = Hash.ZERO;
        for (String line : (Iterable<String>) lines.lines()::iterator) {
            StoredEvent event = event(line, previous, events.size());
            events.add(event);
            previous = event.seal().event();
            if (events.size() > MOST_EVENTS) {
                throw new Unfit("it has more than " + MOST_EVENTS + " events");
            }
        }
        if (events.isEmpty() || !lines.equals(Bundle.events(events))) {
            throw new Unfit("its events are not written as they should be");
        }
        if (events.stream().map(StoredEvent::promotion).distinct().count() != 1) {
            throw new Unfit("its events are of more than one promotion");
        }
        return events;
    }

    private static StoredEvent event(String line, Hash previous, int sequence) throws Unfit {
        String why = "event " + sequence + " is not written as it should be";
        try {
            JsonNode read = StrictJson.read(line);
            Instant at = Instant.parse(read.path("at").asText());
            if (!at.equals(at.truncatedTo(ChronoUnit.MICROS)) || at.isBefore(Instant.EPOCH) || at.isAfter(LAST)) {
                throw new Unfit(why);
            }
            var event = new StoredEvent(
                    new PromotionId(read.path("promotion").asText()),
                    read.path("sequence").asLong(),
                    read.path("type").asText(),
                    read.path("version").asInt(),
                    at,
                    EventCodec.canonical(read.path("payload").toString()));
            if (!EventSeal.canonical(event, previous).equals(line)) {
                throw new Unfit(
                        read.path("previous").asText().equals(previous.toString())
                                ? why
                                : "event " + sequence + " does not follow the one before it");
            }
            return event.placed(0, new Seal(EventSeal.event(event, previous), Hash.ZERO));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException | LedgerException e) {
            throw new Unfit(why);
        }
    }
}
