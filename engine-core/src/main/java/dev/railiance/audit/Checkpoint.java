package dev.railiance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.document.Json;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.promotion.Actor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What somebody says a ledger's head was: {@code railiance.checkpoint.v1}. The file is the canonical form and a line feed,
 * and what is signed is the file.
 *
 * @param origin the ledger's hash at its first event: no other ledger has it
 * @param size how many events there were
 * @param ledgerHash the ledger's hash at the last of them
 * @param at when it was said
 * @param actor by whom
 */
public record Checkpoint(Hash origin, long size, Hash ledgerHash, Instant at, Actor actor) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.checkpoint.v1";

    /** What an SSH signature over one is made for. */
    public static final String NAMESPACE = "railiance-checkpoint";

    private static final int LONGEST = 4_096;

    public Checkpoint {
        if (size < 1) {
            throw new IllegalArgumentException("a checkpoint speaks of at least one event");
        }
    }

    private record Form(String actor, String at, String ledgerHash, String origin, String schema, long size) {}

    /** The file, as it is signed. */
    public byte[] bytes() {
        var form = new Form(actor.name(), at.toString(), ledgerHash.toString(), origin.toString(), SCHEMA, size);
        return (EventCodec.canonical(Json.compact(form)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not, to the byte, what {@link #bytes} writes
     */
    public static Checkpoint read(byte[] file) {
        if (file.length > LONGEST) {
            throw new IllegalArgumentException("a checkpoint is not that long");
        }
        try {
            JsonNode read = StrictJson.read(new String(file, StandardCharsets.UTF_8));
            var checkpoint = new Checkpoint(
                    Hash.parse(read.path("origin").asText()),
                    read.path("size").asLong(),
                    Hash.parse(read.path("ledgerHash").asText()),
                    Instant.parse(read.path("at").asText()),
                    new Actor(read.path("actor").asText()));
            if (Arrays.equals(checkpoint.bytes(), file)) {
                return checkpoint;
            }
        } catch (JsonProcessingException | DateTimeException | LedgerException e) {
            throw new IllegalArgumentException("not a checkpoint", e);
        }
        throw new IllegalArgumentException("not a checkpoint as it was written");
    }

    /** The head that it speaks of. */
    Head head() {
        return new Head(size, ledgerHash);
    }
}
