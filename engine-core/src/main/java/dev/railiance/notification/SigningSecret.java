package dev.railiance.notification;

import dev.railiance.contract.value.LocalSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is sent, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it. Never shows itself. */
final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final long LARGEST_FILE = 4_096;

    private final SecretKeySpec key;

    private SigningSecret(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * The secret at a place: {@code whsec_} and 24 to 64 bytes in base64, with or without a line end.
     *
     * @param environment of this process
     * @return empty if there is none that can be used
     */
    static Optional<SigningSecret> read(LocalSecret place, Map<String, String> environment) {
        return text(place, environment).map(String::strip).flatMap(SigningSecret::parse);
    }

    private static Optional<String> text(LocalSecret place, Map<String, String> environment) {
        return switch (place) {
            case LocalSecret.Environment(String variable) -> Optional.ofNullable(environment.get(variable));
            case LocalSecret.File(String path) -> {
                try {
                    Path file = Path.of(path);
                    yield Files.size(file) > LARGEST_FILE
                            ? Optional.empty()
                            : Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    yield Optional.empty();
                }
            }
        };
    }

    private static Optional<SigningSecret> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return key.length < SHORTEST || key.length > LONGEST
                    ? Optional.empty()
                    : Optional.of(new SigningSecret(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The headers that show what was sent, when, and by whom. */
    Map<String, String> headers(Notice notice, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        return Map.of(
                "webhook-id",
                notice.id(),
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + signature(notice.id() + "." + timestamp + "." + notice.body()));
    }

    private String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret";
    }
}
