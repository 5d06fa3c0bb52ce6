package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.SecretLocation;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about the way to Prometheus: what is said about it has an effect, and can be done. */
final class PrometheusRules {

    private PrometheusRules() {}

    static Stream<Finding> accessThatCanBe(Draft draft) {
        Section observability = draft.section("observability");
        return observability.has("prometheus")
                ? Stream.concat(trust(observability).stream(), readable(observability).stream())
                : Stream.of("prometheus_auth", "prometheus_ca", "prometheus_timeout")
                        .filter(observability::has)
                        .map(key -> finding(observability, key, "is about no address")
                                .found("no observability.prometheus")
                                .expected("observability.prometheus as well"));
    }

    /** A port that kubectl forwards is asked by plain HTTP: the way through the API server has a TLS of its own. */
    private static Optional<Finding> trust(Section observability) {
        return observability
                .text("prometheus_ca")
                .filter(file -> !observability.text("prometheus").orElse("").startsWith("https://"))
                .map(file -> finding(observability, "prometheus_ca", "is for TLS")
                        .found("an address that does not begin with https://")
                        .expected("an https:// address in observability.prometheus"));
    }

    private static Optional<Finding> readable(Section observability) {
        Section auth = observability.section("prometheus_auth");
        return auth.text("ref")
                .filter(ref -> SecretLocation.parse(ref)
                        .filter(location -> switch (location) {
                            case SecretLocation.Kubernetes kubernetes -> false;
                            case SecretLocation.Environment environment -> false;
                            case SecretLocation.Vault vault -> true;
                            case SecretLocation.Sops sops -> true;
                        })
                        .isPresent())
                .map(ref -> finding(auth, "ref", "is kept where the engine reads no secret")
                        .found(Shown.quoted(ref))
                        .expected("k8s:NAMESPACE/NAME#KEY or env:NAME"));
    }

    private static Finding finding(Section section, String key, String what) {
        return Finding.atValue(FaultCode.PROMETHEUS_ACCESS, section.at(key), section.at(key) + " " + what);
    }
}
