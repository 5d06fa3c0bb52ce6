package dev.railiance.contract;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the running application says that it is well.
 *
 * @param liveness path of the endpoint, with a leading slash
 * @param readiness path of the endpoint, with a leading slash
 * @param startup how long readiness may take to pass for the first time
 */
public record Health(Optional<String> liveness, Optional<String> readiness, OptionalInt port, Duration startup) {}
