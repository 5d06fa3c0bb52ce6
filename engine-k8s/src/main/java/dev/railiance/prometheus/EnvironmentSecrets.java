package dev.railiance.prometheus;

import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.SecretSource;
import dev.railiance.process.Cancellation;
import java.util.Map;

/** Secrets of the environment ({@code env:NAME}); what is kept elsewhere is another source's. */
public final class EnvironmentSecrets implements SecretSource {

    private final Map<String, String> environment;
    private final SecretSource elsewhere;

    /** Reads no other locations than those in the environment. */
    public EnvironmentSecrets(Map<String, String> environment) {
        this(environment, (location, cancellation) -> new Reading.Lacking(Lack.UNSUPPORTED));
    }

    public EnvironmentSecrets(Map<String, String> environment, SecretSource elsewhere) {
        this.environment = Map.copyOf(environment);
        this.elsewhere = elsewhere;
    }

    @Override
    public Reading read(SecretLocation location, Cancellation cancellation) {
        if (!(location instanceof SecretLocation.Environment variable)) {
            return elsewhere.read(location, cancellation);
        }
        String value = environment.getOrDefault(variable.variable(), "");
        return value.isEmpty() ? new Reading.Lacking(Lack.ABSENT) : new Reading.Found(value);
    }
}
