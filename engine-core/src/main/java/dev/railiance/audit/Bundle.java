package dev.railiance.audit;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of a bundle, by their names: a zip archive that is the same, to the byte, whenever it is made of the same. */
final class Bundle {

    static final String DESCRIPTION = "bundle.json";
    static final String EVENTS = "events.jsonl";
    static final String EVIDENCE = "evidence.json";
    static final String CONTRACT = "contract.toml";
    static final String DOCUMENTS = "documents.jsonl";
    static final String ATTESTATIONS = "attestations.intoto.jsonl";
    static final String README = "README.md";
    static final String SUMS = "SHA256SUMS";
    static final String SIGNATURE = "SHA256SUMS.sig";

    /** What an SSH signature over the sums is made for. */
    static final String NAMESPACE = "railiance-bundle";

    /** All that may be in one, and how long each may be. */
    static final Map<String, Integer> LARGEST = Map.of(
            DESCRIPTION, 1 << 16,
            EVENTS, 32 << 20,
            EVIDENCE, 16 << 20,
            CONTRACT, 4 << 20,
            DOCUMENTS, 32 << 20,
            ATTESTATIONS, 32 << 20,
            README, 1 << 16,
            SUMS, 1 << 12,
            SIGNATURE, 1 << 14);

    private Bundle() {}

    /** One line for each file, as {@code sha256sum} writes and checks them. */
    static String sums(SortedMap<String, byte[]> files) {
        var lines = new StringBuilder();
        files.forEach((name, content) -> {
            if (!name.equals(SUMS) && !name.equals(SIGNATURE)) {
                lines.append(Hash.over(content)).append("  ").append(name).append('\n');
            }
        });
        return lines.toString();
    }

    /** The events, a line each: the bytes that an event's hash is taken over. The next line names that hash. */
    static String events(List<StoredEvent> events) {
        var lines = new StringBuilder();
        Hash previous = Hash.ZERO;
        for (StoredEvent event : events) {
            lines.append(EventSeal.canonical(event, previous)).append('\n');
            previous = event.seal().event();
        }
        return lines.toString();
    }

    /** The archive: entries by name, stored as they are, all of the same time. */
    static byte[] zip(SortedMap<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                var checksum = new CRC32();
                checksum.update(file.getValue());
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                entry.setSize(file.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
