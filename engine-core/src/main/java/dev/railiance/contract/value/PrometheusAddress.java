package dev.railiance.contract.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a Prometheus answers. */
public sealed interface PrometheusAddress {

    /** At a base address, to which {@code /api/v1} is added: an http or https URL, as the contract writes it. */
    record Url(String text) implements PrometheusAddress {}

    /** At a port of a service in the cluster, which nothing outside needs to reach: {@code service:NAMESPACE/NAME:PORT}. */
    record InCluster(String namespace, String service, int port) implements PrometheusAddress {}

    /** How the text of an address in the cluster begins. */
    String SERVICE = "service:";

    /** The address that the text names, or nothing where it names none. */
    static Optional<PrometheusAddress> parse(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return Optional.of(new Url(text));
        }
        var service = FORM.matcher(text);
        if (!service.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(service.group("port"));
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new InCluster(service.group("namespace"), service.group("name"), port));
    }

    /** Namespace and name are DNS-1123 labels. */
    Pattern FORM = Pattern.compile("service:(?<namespace>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)"
            + "/(?<name>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?):(?<port>[0-9]{1,5})");
}
