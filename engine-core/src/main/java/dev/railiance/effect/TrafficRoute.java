package dev.railiance.effect;

/**
 * Where the traffic of an app is divided.
 *
 * @param entry name of the object that divides it
 * @param stable name of the service of the running version
 * @param canary name of the canary's, which is its release's too
 */
public record TrafficRoute(Router router, String entry, String stable, String canary) {

    /** What divides it. */
    public enum Router {
        TRAEFIK,
        GATEWAY_API,
        REPLICAS
    }
}
