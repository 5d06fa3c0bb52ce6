package dev.railiance.contract;

import static dev.railiance.contract.ContractRecords.duration;
import static dev.railiance.contract.ContractRecords.text;

import dev.railiance.contract.Observability.Credential;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.contract.value.SecretLocation;
import java.util.OptionalInt;

/** Makes the records about where to look at the application. */
record ObservabilityRecords(Section root) {

    Observability observability() {
        Section observability = root.section("observability");
        OptionalInt port = root.section("health").integer("port");
        return new Observability(
                observability.text("prometheus").map(address -> prometheus(observability, address)),
                observability
                        .given("metrics")
                        .map(metrics -> new Observability.Metrics(
                                text(metrics, "path"), metrics.has("port") ? metrics.integer("port") : port)),
                observability.texts("dashboards"),
                observability.text("logs"));
    }

    private static Observability.Prometheus prometheus(Section observability, String address) {
        return new Observability.Prometheus(
                PrometheusAddress.parse(address).orElseThrow(),
                observability
                        .given("prometheus_auth")
                        .map(ObservabilityRecords::credential)
                        .orElseGet(Credential.None::new),
                observability.text("prometheus_ca"),
                duration(observability, "prometheus_timeout"));
    }

    private static Credential credential(Section auth) {
        SecretLocation location = SecretLocation.parse(text(auth, "ref")).orElseThrow();
        return text(auth, "kind").equals("bearer")
                ? new Credential.Bearer(location)
                : new Credential.Basic(text(auth, "user"), location);
    }
}
