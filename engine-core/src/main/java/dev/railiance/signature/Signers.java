package dev.railiance.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * People and their keys, as an {@code allowed_signers} file names them, for statements in which somebody says who he is. A key
 * stands for one person, however many names and lines it has; a line that names nobody but by patterns stands for none.
 */
public final class Signers {

    private final AllowedSigners file;

    private Signers(AllowedSigners file) {
        this.file = file;
    }

    /** Those of a file's text. A line that is not understood allows nothing. */
    public static Signers parse(String text) {
        return new Signers(AllowedSigners.parse(text));
    }

    /** What came of asking whose signature something is. */
    public sealed interface Answer {

        /**
         * It holds, and its key may sign for this now.
         *
         * @param names of the key's holder in the order of the file, all of which may be used now; at least one
         * @param everyName also those that may not be used now
         * @param key its fingerprint
         */
        record Holds(List<String> names, List<String> everyName, String key) implements Answer {
            public Holds {
                names = List.copyOf(names);
                everyName = List.copyOf(everyName);
            }
        }

        /** It is no signature, or not one over these bytes by the key that it names. */
        record Forged() implements Answer {}

        /** It was made for something else. */
        record OtherNamespace() implements Answer {}

        /** Nobody who is named has its key. */
        record UnknownKey(String key) implements Answer {}

        /**
         * Somebody has its key, but may not sign with it now or for this.
         *
         * @param over whether its time is over
         */
        record NotValid(String key, boolean over) implements Answer {}
    }

    /** Whose signature over a message this is, for one purpose and at one time. */
    public Answer check(byte[] message, byte[] signature, String namespace, Instant now) {
        SshSignature read;
        try {
            read = SshSignature.read(new String(signature, StandardCharsets.ISO_8859_1));
            if (!read.over(message, read.namespace())) {
                return new Answer.Forged();
            }
        } catch (IllegalArgumentException e) {
            return new Answer.Forged();
        }
        if (!read.namespace().equals(namespace)) {
            return new Answer.OtherNamespace();
        }
        String key = read.key().fingerprint();
        List<String> every = names(read.key());
        if (every.isEmpty()) {
            return new Answer.UnknownKey(key);
        }
        List<String> names = file.lines().stream()
                .filter(line -> line.allows(read, now))
                .flatMap(line -> line.principals().names().stream())
                .distinct()
                .toList();
        return names.isEmpty() ? new Answer.NotValid(key, over(read.key(), now)) : new Answer.Holds(names, every, key);
    }

    /** Whether every line that names this key says that its time is over; not where no line does. */
    public boolean over(String fingerprint, Instant now) {
        return file.lines().stream()
                .map(AllowedSigner::key)
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst()
                .map(key -> over(key, now))
                .orElse(false);
    }

    private boolean over(SshPublicKey key, Instant now) {
        return file.lines().stream()
                .filter(line -> line.key().equals(key))
                .allMatch(line -> line.before().map(end -> !now.isBefore(end)).orElse(false));
    }

    private List<String> names(SshPublicKey key) {
        return file.lines().stream()
                .filter(line -> line.key().equals(key))
                .flatMap(line -> line.principals().names().stream())
                .distinct()
                .toList();
    }

    /**
     * The names of whoever holds the key in a file: an OpenSSH private or public key. Only its public part is looked at.
     *
     * @return none if it is nobody's who is named here, or if the file cannot be read as such a key
     */
    public List<String> holder(Path keyFile) {
        return publicKey(keyFile).map(this::names).orElse(List.of());
    }

    /** Everybody who is named, in the order of the file. */
    public List<String> everybody() {
        return file.lines().stream()
                .flatMap(line -> line.principals().names().stream())
                .distinct()
                .toList();
    }

    private static Optional<SshPublicKey> publicKey(Path file) {
        try {
            if (Files.size(file) > TrustedSigners.LARGEST_FILE) {
                return Optional.empty();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Optional<SshPublicKey> inside = SshPrivateKeyFile.publicKey(text);
            if (inside.isPresent()) {
                return inside;
            }
            String[] fields = text.strip().split("\\s+", 3);
            return fields.length < 2
                    ? Optional.empty()
                    : Optional.of(SshPublicKey.read(Base64.getDecoder().decode(fields[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
