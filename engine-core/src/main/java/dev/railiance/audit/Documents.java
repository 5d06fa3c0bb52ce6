package dev.railiance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.ApprovalWithdrawn;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Documents beside the contract that events name by their digests: statements, signatures, and who could sign. */
final class Documents {

    private record Line(String content, String digest) {}

    private Documents() {}

    /** The digests that an event names. */
    static Stream<String> named(PromotionEvent event) {
        return switch (event) {
            case PromotionOpened opened ->
                Stream.of(
                                opened.signers(),
                                opened.mandate().map(Mandate::contract),
                                opened.mandate().flatMap(Mandate::signers))
                        .flatMap(Optional::stream)
                        .map(Digest::value);
            case ApprovalGranted granted -> named(granted.approval().proof());
            case ApprovalWithdrawn withdrawn -> named(withdrawn.proof());
            default -> Stream.empty();
        };
    }

    private static Stream<String> named(Optional<Proof> proof) {
        return proof.stream()
                .flatMap(shown -> Stream.of(shown.statement(), shown.signature(), shown.signers()))
                .map(Digest::value);
    }

    /** The digests that a history names, in their order. */
    static SortedSet<String> named(List<PromotionEvent> history) {
        var named = new TreeSet<String>();
        history.forEach(event -> named(event).forEach(named::add));
        return named;
    }

    /** One line for each, in canonical JSON. */
    static String lines(List<KeptDocument> documents) {
        var lines = new StringBuilder();
        documents.forEach(document -> lines.append(
                        EventCodec.canonical(Json.compact(new Line(document.content(), document.digest()))))
                .append('\n'));
        return lines.toString();
    }

    /**
     * Reads such lines.
     *
     * @param named the digests that may be there
     * @return empty if they are not, to the byte, such lines in the order of the digests
     */
    static Optional<List<KeptDocument>> read(String lines, SortedSet<String> named) {
        var read = new ArrayList<KeptDocument>();
        try {
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                JsonNode document = StrictJson.read(line);
                read.add(new KeptDocument(
                        document.path("digest").asText(),
                        document.path("content").asText()));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
        List<String> digests = read.stream().map(KeptDocument::digest).toList();
        return lines(read).equals(lines)
                        && named.containsAll(digests)
                        && digests.equals(List.copyOf(new TreeSet<>(digests)))
                ? Optional.of(List.copyOf(read))
                : Optional.empty();
    }
}
