package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.OnFailure;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.tool.ClusterNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan prints is what runs: the exact argument lists, of Helm 3 and of Helm 4. */
class HelmArgumentsTest {

    static final HelmFlags THREE = new HelmFlags(new HelmVersion(3, 18, "3.18.0"));
    static final HelmFlags FOUR = new HelmFlags(new HelmVersion(4, 1, "4.1.4"));

    private static final Release WEB = new Release(new ClusterNamespace(Optional.of("edge one"), "shop"), "web-canary");

    private static final String PLACE = "--namespace=shop|--kube-context=edge one";

    private static HelmFlags helm(int major) {
        return major == 3 ? THREE : FOUR;
    }

    private static String line(HelmOperation<?> operation) {
        return String.join("|", operation.argv());
    }

    private static HelmUpgrade upgrade(HelmFlags flags, Waiting waiting, OnFailure onFailure, Apply apply) {
        return new HelmUpgrade(
                flags,
                WEB,
                "/repo/chart",
                List.of(Path.of("/repo/values/base.yaml"), Path.of("/repo/values/a,b \"c\".yaml")),
                new HelmUpgrade.Options(
                        Optional.of("promotion p-1 attempt a-1"),
                        new TreeMap<>(Map.of("railiance.dev/promotion", "p-1", "railiance.dev/attempt", "a-1")),
                        Duration.ofMinutes(5),
                        waiting,
                        onFailure,
                        OptionalInt.of(20),
                        apply));
    }

    @ParameterizedTest
    @CsvSource({
        "3, NOTHING, KEEP,      AS_BEFORE,     ''",
        "3, READY,   KEEP,      SERVER,        |--wait",
        "3, NOTHING, ROLL_BACK, CLIENT,        |--atomic|--wait",
        "4, NOTHING, KEEP,      AS_BEFORE,     |--wait=hookOnly|--server-side=auto",
        "4, READY,   KEEP,      CLIENT,        |--wait=watcher|--server-side=false",
        "4, NOTHING, ROLL_BACK, SERVER,        |--rollback-on-failure|--wait=watcher|--server-side=true",
        "4, READY,   KEEP,      SERVER_FORCED, |--wait=watcher|--server-side=true|--force-conflicts"
    })
    void upgrade(int major, Waiting waiting, OnFailure onFailure, Apply apply, String differs) {
        String change = "helm|upgrade|web-canary|/repo/chart|--install|--values=/repo/values/base.yaml"
                + "|--values=\"/repo/values/a,b \"\"c\"\".yaml\"|--description=promotion p-1 attempt a-1"
                + "|--labels=railiance.dev/attempt=a-1|--labels=railiance.dev/promotion=p-1|--timeout=300s" + differs
                + "|--history-max=20|" + PLACE;
        HelmUpgrade upgrade = upgrade(helm(major), waiting, onFailure, apply);
        assertEquals(change + "|--output=json", line(upgrade));
        assertEquals(change + "|--dry-run=server|--output=json", line(new HelmDryRun(upgrade)));
    }

    @ParameterizedTest
    @CsvSource({"3, NOTHING, ''", "3, READY,   |--wait", "4, NOTHING, |--wait=hookOnly", "4, READY,   |--wait=watcher"})
    void uninstallAndRollback(int major, Waiting waiting, String differs) {
        assertEquals(
                "helm|uninstall|web-canary|--timeout=60s" + differs + "|--keep-history|--description=why|" + PLACE,
                line(new HelmUninstall(helm(major), WEB, Duration.ofMinutes(1), waiting, true, Optional.of("why"))));
        String apply = major == 4 ? "|--server-side=false" : "";
        assertEquals(
                "helm|rollback|web-canary|7|--timeout=60s" + differs + apply + "|" + PLACE,
                line(new HelmRollback(
                        helm(major), WEB, 7, Duration.ofMinutes(1), waiting, Apply.CLIENT, OptionalInt.empty())));
    }

    @ParameterizedTest
    @CsvSource({"3, |--all", "4, ''"})
    void listInEveryState(int major, String differs) {
        assertEquals(
                "helm|list|--output=json|--max=10000" + differs + "|--selector=a=1,b=2|--namespace=shop",
                line(new HelmList(
                        helm(major), new ClusterNamespace(Optional.empty(), "shop"), Map.of("b", "2", "a", "1"))));
    }

    @Test
    void questionsAreTheSameForBoth() {
        assertEquals("helm|version|--template|{{.Version}}", line(HelmVersion.ASK));
        assertEquals("helm|history|web-canary|--max=1|--output=json|" + PLACE, line(new HelmStatus(WEB)));
        assertEquals("helm|history|web-canary|--max=5|--output=json|" + PLACE, line(new HelmHistory(WEB, 5)));
        assertEquals(
                "helm|get|manifest|web-canary|--revision=3|" + PLACE, line(new HelmManifest(WEB, OptionalInt.of(3))));
        assertEquals(
                "helm|get|values|web-canary|--output=json|" + PLACE, line(new HelmValues(WEB, OptionalInt.empty())));
        assertEquals(
                "helm|get|metadata|web-canary|--output=json|--revision=3|" + PLACE,
                line(new HelmMetadata(WEB, OptionalInt.of(3))));
    }

    @Test
    void chartsAreReadWithoutACluster() {
        Path chart = Path.of("/repo/chart");
        List<Path> values = List.of(Path.of("/repo/v.yaml"));
        assertEquals(
                "helm|lint|/repo/chart|--strict|--values=/repo/v.yaml",
                line(new HelmLint(chart, values, Duration.ofSeconds(9))));
        assertEquals(
                "helm|template|web|/repo/chart|--values=/repo/v.yaml|--namespace=shop",
                line(new HelmTemplate(
                        "web",
                        Optional.of("shop"),
                        "/repo/chart",
                        values,
                        Capabilities.UNKNOWN,
                        Duration.ofSeconds(9))));
        assertEquals(
                "helm|template|web|/repo/chart|--kube-version=1.20.2|--api-versions=apps/v1"
                        + "|--api-versions=apps/v1/Deployment",
                line(new HelmTemplate(
                        "web",
                        Optional.empty(),
                        "/repo/chart",
                        List.of(),
                        new Capabilities(
                                Optional.of("1.20.2"), new TreeSet<>(List.of("apps/v1/Deployment", "apps/v1"))),
                        Duration.ofSeconds(9))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Capabilities(Optional.empty(), new TreeSet<>(List.of("--post-renderer=x"))));
        assertEquals("helm|dependency|list|/repo/chart|--max-col-width=1000", line(new HelmDependencies(chart)));
        assertEquals(
                "helm|dependency|build|/repo/chart|--skip-refresh",
                line(new HelmDependencyBuild(chart, Duration.ofSeconds(9))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "--kubeconfig=/x", "a b", "A", "a\n", "../x"})
    void aNameThatIsNoneNeverGetsNearATool(String name) {
        ClusterNamespace shop = WEB.namespace();
        assertThrows(IllegalArgumentException.class, () -> new Release(shop, name));
        assertThrows(IllegalArgumentException.class, () -> new ClusterNamespace(Optional.empty(), name));
    }

    @Test
    void optionsInDisguiseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Release(WEB.namespace(), "a".repeat(54)));
        assertThrows(IllegalArgumentException.class, () -> new ClusterNamespace(Optional.of("--kubeconfig=x"), "shop"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HelmUpgrade(
                        THREE,
                        WEB,
                        "--post-renderer=x",
                        List.of(),
                        HelmUpgrade.Options.of("d", Map.of(), Duration.ofMinutes(1))));
        assertThrows(
                IllegalArgumentException.class,
                () -> HelmUpgrade.Options.of("d", Map.of("a", "b,c=d"), Duration.ofMinutes(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HelmRollback(
                        THREE, WEB, 0, Duration.ofMinutes(1), Waiting.NOTHING, Apply.AS_BEFORE, OptionalInt.empty()));
    }

    @Test
    void onlyAHelmWithLabelsAndServerDryRunsDeploys() {
        assertFalse(new HelmFlags(new HelmVersion(3, 12, "3.12.3")).deploys());
        assertTrue(new HelmFlags(new HelmVersion(3, 13, "3.13.0")).deploys());
        assertTrue(FOUR.deploys());
    }
}
