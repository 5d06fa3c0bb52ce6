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
 * stands for one person, however many names and lines it has; a line that names nobody but by patterns stands for none, unless
 * it is an authority's: then the certificate says who it is.
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
        SshSigner signer = read.signer();
        String key = signer.key().fingerprint();
        List<String> every = names(signer);
        if (every.isEmpty()) {
            return new Answer.UnknownKey(key);
        }
        List<String> names = file.lines().stream()
                .filter(line -> line.allows(read, now))
                .flatMap(line -> line.names(signer).stream())
                .distinct()
                .toList();
        return names.isEmpty() ? new Answer.NotValid(key, over(signer, now)) : new Answer.Holds(names, every, key);
    }

    /**
     * Whether the time of whoever made a signature is over, by every line that is about him; not where no line is. Of a
     * certificate it is also where no line of its authority lets any of its names pass.
     */
    public boolean over(byte[] signature, Instant now) {
        try {
            SshSigner signer = SshSignature.read(new String(signature, StandardCharsets.ISO_8859_1))
                    .signer();
            return file.lines().stream().anyMatch(line -> line.concerns(signer)) && over(signer, now);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private boolean over(SshSigner signer, Instant now) {
        return file.lines().stream().filter(line -> line.concerns(signer)).allMatch(line -> line.over(signer, now));
    }

    private List<String> names(SshSigner signer) {
        return file.lines().stream()
                .filter(line -> line.concerns(signer))
                .flatMap(line -> line.names(signer).stream())
                .distinct()
                .toList();
    }

    /**
     * The names of whoever holds the key in a file: an OpenSSH private or public key, or a certificate. Only its public part is
     * looked at.
     *
     * @return none if it is nobody's who is named here, or if the file cannot be read as such a key
     */
    public List<String> holder(Path keyFile) {
        return signer(keyFile).map(this::names).orElse(List.of());
    }

    /** Whether somebody of this name may sign, with a key of a line or with one that an authority certifies. */
    public boolean know(String name) {
        return file.lines().stream()
                .anyMatch(line -> line.authority()
                        ? line.certifies(name)
                        : line.principals().names().contains(name));
    }

    private static Optional<SshSigner> signer(Path file) {
        try {
            if (Files.size(file) > TrustedSigners.LARGEST_FILE) {
                return Optional.empty();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Optional<SshPublicKey> inside = SshPrivateKeyFile.publicKey(text);
            if (inside.isPresent()) {
                return inside.map(key -> new SshSigner(key, Optional.empty()));
            }
            String[] fields = text.strip().split("\\s+", 3);
            return fields.length < 2
                    ? Optional.empty()
                    : Optional.of(SshSigner.read(Base64.getDecoder().decode(fields[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
