package dev.railiance.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.railiance.tool.ClusterNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact argument lists. */
class KubectlArgumentsTest {

    private static final ClusterNamespace SHOP = new ClusterNamespace(Optional.of("edge"), "shop");
    private static final String PLACE = "--namespace=shop|--request-timeout=10s|--context=edge";

    private static String line(KubectlOperation<?> operation) {
        return String.join("|", operation.argv());
    }

    @Test
    void objects() {
        var canary = new Selection.Labelled(Map.of("railiance.dev/track", "canary", "app", "web"));
        var web = new Selection.Named("web");
        assertEquals(
                "kubectl|get|pods|--selector=app=web,railiance.dev/track=canary|--output=json|" + PLACE,
                line(KubectlGet.pods(SHOP, canary)));
        assertEquals(
                "kubectl|get|deployments.apps|web|--output=json|" + PLACE,
                line(KubectlGet.workload(SHOP, "Deployment", "web")));
        assertEquals(
                "kubectl|get|deployments.apps,statefulsets.apps,daemonsets.apps|--selector=app=web,"
                        + "railiance.dev/track=canary|--output=json|" + PLACE,
                line(KubectlGet.workloads(SHOP, canary)));
        assertEquals("kubectl|get|events|--output=json|" + PLACE, line(KubectlGet.events(SHOP)));
        assertEquals("kubectl|get|services|web|--output=json|" + PLACE, line(KubectlGet.services(SHOP, web)));
        assertEquals("kubectl|get|endpoints|web|--output=json|" + PLACE, line(KubectlGet.endpoints(SHOP, web)));
        assertEquals(
                "kubectl|get|traefikservices.traefik.io|web|--output=json|" + PLACE,
                line(KubectlGet.traefikServices(SHOP, web)));
        assertEquals(
                "kubectl|get|ingressroutes.traefik.io|web|--output=json|" + PLACE,
                line(KubectlGet.ingressRoutes(SHOP, web)));
        assertEquals(
                "kubectl|get|httproutes.gateway.networking.k8s.io|web|--output=json|" + PLACE,
                line(KubectlGet.httpRoutes(SHOP, web)));
        assertEquals(
                "kubectl|get|ingresses.networking.k8s.io|web|--output=json|" + PLACE,
                line(KubectlGet.ingresses(SHOP, web)));
    }

    @Test
    void theRest() {
        assertEquals(
                "kubectl|version|--output=json|--client|--request-timeout=10s",
                line(new KubectlVersion(Optional.empty(), true)));
        assertEquals(
                "kubectl|version|--output=json|--request-timeout=10s|--context=edge",
                line(new KubectlVersion(Optional.of("edge"), false)));
        assertEquals(
                "kubectl|create|--raw=/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
                        + "|--filename=/r.json|--request-timeout=10s|--context=edge",
                line(new AccessReview(SHOP.context(), Path.of("/r.json"))));
        assertEquals(
                "kubectl|create|--raw=/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
                        + "|--filename=/r.json|--request-timeout=10s|--context=edge",
                line(new RulesReview(SHOP.context(), Path.of("/r.json"))));
        assertEquals(
                "kubectl|api-resources|--no-headers|--request-timeout=10s|--context=edge",
                line(new ServedKinds(Optional.of("edge"))));
        assertEquals(
                "kubectl|config|view|--minify|--output=jsonpath={.current-context}{\"\\n\"}"
                        + "{.clusters[0].cluster.server}{\"\\n\"}{.contexts[0].context.namespace}|--context=edge",
                line(new KubectlContext(Optional.of("edge"))));
        assertEquals(
                "kubectl|get|secrets|db|--output=go-template={{range $key, $value := .data}}key {{$key}}{{\"\\n\"}}"
                        + "{{end}}end|" + PLACE,
                line(new SecretKeys(SHOP, "db")));
        assertEquals(
                "kubectl|get|secrets|db|--output=go-template={{with .data}}{{with index . \"tls.key\"}}value {{.}}"
                        + "{{end}}{{end}}end|" + PLACE,
                line(new SecretValue(SHOP, "db", "tls.key")));
        assertEquals(
                "kubectl|get|--raw=/api/v1/namespaces/shop|--request-timeout=10s|--context=edge",
                line(new NamespacePhase(SHOP)));
        assertEquals(
                "kubectl|apply|--dry-run=server|--filename=/tmp/m.yaml|--output=name|" + PLACE,
                line(new ApplyDryRun(SHOP, Path.of("/tmp/m.yaml"))));
        assertEquals(
                "kubectl|port-forward|service/prometheus|:9090|--address=127.0.0.1|--namespace=shop|--context=edge",
                line(new PortForward(SHOP, "service/prometheus", 9090, Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--all", "-o=yaml", "a b", "a/b"})
    void aNameThatIsNoneNeverGetsNearATool(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Selection.Named(name));
        assertThrows(IllegalArgumentException.class, () -> new SecretKeys(SHOP, name));
        assertThrows(IllegalArgumentException.class, () -> new SecretValue(SHOP, name, "key"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PortForward(SHOP, "service/" + name, 80, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"", "}}", "a/b", "a\n"})
    void aKeyThatIsNoneNeverGetsIntoATemplate(String key) {
        assertThrows(IllegalArgumentException.class, () -> new SecretValue(SHOP, "db", key));
    }
}
