package dev.railiance.signature;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Whose signatures count: the people of an {@code allowed_signers} file, or the holder of one public key. */
public sealed interface TrustedSigners {

    /** Files that hold keys are small. */
    long LARGEST_FILE = 1 << 20;

    /**
     * Who signed a message.
     *
     * @param signature an armoured SSH signature, or the bytes of an Ed25519 one
     * @param namespace what it was made for; an Ed25519 signature does not say
     * @param now for keys that are valid for a time
     * @return the signer's name, or the key where no name stands for one person; {@link Code#SIGNATURE_INVALID} if it is none of these people's over these bytes
     */
    Outcome<String> signer(byte[] message, byte[] signature, String namespace, Instant now);

    /** The people of an OpenSSH {@code allowed_signers} file. */
    static Outcome<TrustedSigners> allowed(Path file) {
        return text(file).then(text -> {
            AllowedSigners read = AllowedSigners.parse(text);
            if (!read.lines().isEmpty()) {
                return Outcome.done(new OfFile(read));
            }
            return unusable(file, "it names no key that is supported");
        });
    }

    /** The holder of a public key: a PEM file with an Ed25519 key, or an OpenSSH public key. */
    static Outcome<TrustedSigners> key(Path file) {
        return text(file).then(text -> {
            try {
                if (text.contains("-----BEGIN PUBLIC KEY-----")) {
                    return Outcome.done(new OfPem(Pem.publicKey(text)));
                }
                if (text.contains("PRIVATE KEY-----")) {
                    return unusable(file, "it is a private key; the public one is wanted");
                }
                String[] fields = text.strip().split("\\s+", 3);
                if (fields.length < 2) {
                    return unusable(file, "it is neither a public key in PEM nor an OpenSSH one");
                }
                SshPublicKey key = SshPublicKey.read(Base64.getDecoder().decode(fields[1]));
                return Outcome.done(new OfKey(key));
            } catch (IllegalArgumentException e) {
                return unusable(file, "it is neither an Ed25519 public key in PEM nor an OpenSSH one");
            }
        });
    }

    private static Outcome<String> text(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                return unusableText(file, "it is too large");
            }
            return Outcome.done(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return unusableText(file, "there is no such file");
        } catch (CharacterCodingException e) {
            return unusableText(file, "it is not text in UTF-8");
        } catch (IOException e) {
            return unusableText(file, "it cannot be read");
        }
    }

    private static Outcome<TrustedSigners> unusable(Path file, String why) {
        return Outcome.notDone(failure(file, why));
    }

    private static Outcome<String> unusableText(Path file, String why) {
        return Outcome.notDone(failure(file, why));
    }

    private static Failure failure(Path file, String why) {
        return new Failure(
                Code.KEY_UNUSABLE, "the key file " + file + " cannot be used: " + why, "railiance help audit verify");
    }

    private static Outcome<String> invalid(String why) {
        return Outcome.notDone(new Failure(
                Code.SIGNATURE_INVALID,
                "the signature does not hold: " + why,
                "take the file from where it was signed"));
    }

    /**
     * Who made an SSH signature.
     *
     * @param trusted the name of whose it is; empty where it is not trusted
     */
    private static Outcome<String> ssh(
            byte[] message, byte[] signature, String namespace, Function<SshSignature, Optional<String>> trusted) {
        try {
            SshSignature read = SshSignature.read(new String(signature, StandardCharsets.ISO_8859_1));
            if (!read.over(message, namespace)) {
                return invalid("it was made over something else, or for something else than " + namespace);
            }
            return trusted.apply(read)
                    .map(Outcome::done)
                    .orElseGet(() -> invalid(
                            "its key " + read.key().fingerprint() + " is not among those that may sign for this"));
        } catch (IllegalArgumentException e) {
            return invalid("it is no SSH signature");
        }
    }

    /** The people of a file. */
    record OfFile(AllowedSigners signers) implements TrustedSigners {

        @Override
        public Outcome<String> signer(byte[] message, byte[] signature, String namespace, Instant now) {
            return ssh(message, signature, namespace, read -> signers.principal(read, now));
        }
    }

    /** The holder of an SSH key. */
    record OfKey(SshPublicKey key) implements TrustedSigners {

        @Override
        public Outcome<String> signer(byte[] message, byte[] signature, String namespace, Instant now) {
            return ssh(
                    message,
                    signature,
                    namespace,
                    read -> read.signer().isAlone(key) ? Optional.of(key.fingerprint()) : Optional.empty());
        }
    }

    /** The holder of an Ed25519 key. */
    record OfPem(PublicKey key) implements TrustedSigners {

        @Override
        public Outcome<String> signer(byte[] message, byte[] signature, String namespace, Instant now) {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(message);
                return verifier.verify(signature)
                        ? Outcome.done(Pem.keyId(key))
                        : invalid("it is not this key's over these bytes");
            } catch (GeneralSecurityException e) {
                return invalid("it is no Ed25519 signature");
            }
        }
    }
}
