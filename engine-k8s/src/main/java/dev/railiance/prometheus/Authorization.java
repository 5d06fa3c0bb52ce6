package dev.railiance.prometheus;

import dev.railiance.effect.SecretSource;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.effect.SecretSource.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The value of the Authorization header, made at each use so that it is kept nowhere. */
sealed interface Authorization {

    record Header(Optional<String> value) implements Authorization {

        @Override
        public String toString() {
            return "Header[***]";
        }
    }

    record Lacking(Lack lack) implements Authorization {}

    static Authorization of(PrometheusAccess.Credential credential, SecretSource secrets) {
        return switch (credential) {
            case PrometheusAccess.Credential.None none -> new Header(Optional.empty());
            case PrometheusAccess.Credential.Bearer bearer -> of("Bearer ", "", secrets.read(bearer.token()));
            case PrometheusAccess.Credential.Basic basic ->
                of("Basic ", basic.user() + ":", secrets.read(basic.password()));
        };
    }

    private static Authorization of(String scheme, String user, Reading reading) {
        return switch (reading) {
            case Reading.Lacking lacking -> new Lacking(lacking.lack());
            case Reading.Found found -> {
                String plain = user + found.secret();
                if (plain.chars().anyMatch(c -> c < ' ' || c > '~')) {
                    yield new Lacking(Lack.UNUSABLE);
                }
                yield new Header(Optional.of(scheme
                        + (user.isEmpty()
                                ? plain
                                : Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)))));
            }
        };
    }
}
