package dev.railiance.prometheus;

import dev.railiance.contract.Observability.Credential;
import dev.railiance.effect.SecretSource;
import dev.railiance.effect.SecretSource.Lack;
import dev.railiance.effect.SecretSource.Reading;
import dev.railiance.process.Cancellation;
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

    static Authorization of(Credential credential, SecretSource secrets, Cancellation cancellation) {
        return switch (credential) {
            case Credential.None none -> new Header(Optional.empty());
            case Credential.Bearer bearer -> of("Bearer ", "", secrets.read(bearer.token(), cancellation));
            case Credential.Basic basic ->
                of("Basic ", basic.user() + ":", secrets.read(basic.password(), cancellation));
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
