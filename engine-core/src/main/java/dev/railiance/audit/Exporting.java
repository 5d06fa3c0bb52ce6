package dev.railiance.audit;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.signature.SigningKey;
import dev.railiance.signature.SigningKey.Signed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a promotion that was found intact to a bundle. */
final class Exporting {

    private final EventCodec codec;
    private final Optional<SigningKey> key;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private Optional<String> keyId = Optional.empty();
    private int attestations;

    Exporting(EventCodec codec, Optional<SigningKey> key) {
        this.codec = codec;
        this.key = key;
    }

    Outcome<ExportedBundle> of(List<StoredEvent> events, Optional<String> contract, List<KeptDocument> documents) {
        PromotionOpened opened = (PromotionOpened) codec.decode(events.getFirst());
        put(Bundle.EVENTS, Bundle.events(events));
        put(Bundle.DESCRIPTION, Description.of(events, opened, contract.isPresent()));
        put(Bundle.EVIDENCE, Description.evidence(events, codec));
        put(Bundle.README, readme());
        contract.ifPresent(text -> put(Bundle.CONTRACT, text));
        if (!documents.isEmpty()) {
            put(Bundle.DOCUMENTS, Documents.lines(documents));
        }
        List<String> statements = Statements.of(events, codec);
        return attested(statements, key).then(envelopes -> {
            if (!envelopes.isEmpty()) {
                put(Bundle.ATTESTATIONS, String.join("\n", envelopes) + "\n");
            }
            attestations = envelopes.size();
            put(Bundle.SUMS, Bundle.sums(files));
            return signed().then(done -> Outcome.done(new ExportedBundle(
                    opened.id(),
                    events.size(),
                    events.getLast().seal().event(),
                    contract.isPresent(),
                    attestations,
                    keyId,
                    Bundle.zip(files))));
        });
    }

    private Outcome<Boolean> signed() {
        if (key.isEmpty()) {
            return Outcome.done(false);
        }
        return key.get()
                .sign(files.getOrDefault(Bundle.SUMS, new byte[0]), Bundle.NAMESPACE)
                .then(signed -> {
                    files.put(Bundle.SIGNATURE, signed.bytes());
                    keyId = Optional.of(signed).map(Signed::keyId);
                    return Outcome.done(true);
                });
    }

    private static Outcome<List<String>> attested(List<String> statements, Optional<SigningKey> key) {
        List<String> envelopes = new ArrayList<>();
        Outcome<List<String>> all = Outcome.done(envelopes);
        if (key.isPresent()) {
            for (String statement : statements) {
                all = all.then(made -> Envelope.sign(statement, key.get()).then(line -> {
                    made.add(line);
                    return Outcome.done(made);
                }));
            }
        }
        return all;
    }

    private void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readme() {
        try (InputStream in = Exporting.class.getResourceAsStream(Bundle.README)) {
            if (in == null) {
                throw new IllegalStateException("the bundle's README is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
