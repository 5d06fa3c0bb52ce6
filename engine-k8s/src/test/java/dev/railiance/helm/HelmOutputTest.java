package dev.railiance.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What Helm 3.18.0 and 4.1.4 printed, word for word but for what a chart and its values made long. */
class HelmOutputTest {

    private static final Release WEB = new Release(new ClusterNamespace(Optional.empty(), "shop"), "web");

    private static <T> Answer<T> read(HelmOperation<T> operation, String printed) {
        byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
        return operation.read(new Captured(bytes, bytes.length));
    }

    private static HelmUpgrade upgrade(HelmFlags flags) {
        return new HelmUpgrade(
                flags, WEB, "/chart", List.of(), HelmUpgrade.Options.of("d", Map.of(), Duration.ofMinutes(1)));
    }

    private static final String THREE = """
            {"name":"web","info":{"first_deployed":"2026-11-28T20:35:50.842761262Z",\
            "last_deployed":"2026-11-28T20:35:50.842761262Z","deleted":"","description":"attempt a-1",\
            "status":"deployed"},"chart":{"metadata":{"name":"demo-web","version":"1.2.3","apiVersion":"v2",\
            "appVersion":"1"},"lock":null,"templates":[],"values":null,"schema":null,"files":null},\
            "config":{"tag":"v1"},"manifest":"---\\n# Source: demo-web/templates/m.yaml\\napiVersion: v1\\n\
            kind: ConfigMap\\nmetadata: {name: web}\\n","version":1,"namespace":"shop"}
            """;

    private static final String FOUR = """
            {"name":"web","info":{"first_deployed":"2026-11-28T20:35:50.842761262Z",\
            "last_deployed":"2026-11-28T20:35:50.842761262Z","description":"attempt a-1","status":"deployed"},\
            "chart":{"metadata":{"name":"demo-web","version":"1.2.3","apiVersion":"v2","appVersion":"1"},\
            "lock":null,"templates":[],"values":null,"schema":null,"schemamodtime":"0001-01-01T00:00:00Z",\
            "files":null,"modtime":"2026-11-28T20:34:41.518058724Z"},"config":{"tag":"v1"},\
            "manifest":"---\\n# Source: demo-web/templates/m.yaml\\napiVersion: v1\\nkind: ConfigMap\\n\
            metadata: {name: web}\\n","version":1,"namespace":"shop","apply_method":"ssa"}
            """;

    private static final Manifests MANIFESTS = new Manifests("""
                ---
                # Source: demo-web/templates/m.yaml
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: web}
                """);

    @Test
    void upgrade() {
        var revision = new Revision(
                1,
                ReleaseStatus.DEPLOYED,
                Optional.of("attempt a-1"),
                Optional.of(Instant.parse("2026-11-28T20:35:50.842761262Z")),
                Optional.of("demo-web-1.2.3"),
                Optional.of("1"));
        var made = new HelmUpgrade.Made(revision, MANIFESTS);
        assertEquals(Answer.done(made), read(upgrade(HelmArgumentsTest.THREE), THREE));
        assertEquals(Answer.done(made), read(upgrade(HelmArgumentsTest.FOUR), FOUR));
    }

    @Test
    void dryRun() {
        assertEquals(Answer.done(MANIFESTS), read(new HelmDryRun(upgrade(HelmArgumentsTest.THREE)), THREE));
        assertEquals(Answer.done(MANIFESTS), read(new HelmDryRun(upgrade(HelmArgumentsTest.FOUR)), FOUR));
    }

    /** The two print the same. */
    @Test
    void history() {
        String printed = """
                [{"revision":3,"updated":"2026-11-28T20:36:02.90182944Z","status":"failed",\
                "chart":"demo-web-1.2.3","app_version":"1","description":"Upgrade \\"web\\" failed: cannot patch"},\
                {"revision":4,"updated":"2026-11-28T20:36:04.93364143Z","status":"pending-upgrade",\
                "chart":"demo-web-1.2.3","app_version":"1","description":"Preparing upgrade"}]
                """;
        var failed = new Revision(
                3,
                ReleaseStatus.FAILED,
                Optional.of("Upgrade \"web\" failed: cannot patch"),
                Optional.of(Instant.parse("2026-11-28T20:36:02.901829440Z")),
                Optional.of("demo-web-1.2.3"),
                Optional.of("1"));
        var pending = new Revision(
                4,
                ReleaseStatus.PENDING_UPGRADE,
                Optional.of("Preparing upgrade"),
                Optional.of(Instant.parse("2026-11-28T20:36:04.933641430Z")),
                Optional.of("demo-web-1.2.3"),
                Optional.of("1"));
        assertEquals(Answer.done(List.of(failed, pending)), read(new HelmHistory(WEB, 10), printed));
        String newest = "[" + printed.strip().substring(printed.indexOf("{\"revision\":4"));
        assertEquals(Answer.done(pending), read(new HelmStatus(WEB), newest));
    }

    @Test
    void metadata() {
        var operation = new HelmMetadata(WEB, OptionalInt.empty());
        assertEquals(
                "Done[value=Metadata[revision=1, status=DEPLOYED, chart=demo-web, chartVersion=1.2.3, labels={}]]",
                read(operation, """
                        {"name":"web","chart":"demo-web","version":"1.2.3","appVersion":"1","namespace":"shop",\
                        "revision":1,"status":"deployed","deployedAt":"2026-11-28T20:35:50Z"}
                        """).toString());
        assertEquals(
                "Done[value=Metadata[revision=1, status=DEPLOYED, chart=demo-web, chartVersion=1.2.3, "
                        + "labels={railiance.dev/attempt=a-1}]]",
                read(operation, """
                        {"name":"web","chart":"demo-web","version":"1.2.3","appVersion":"1","labels":\
                        {"modifiedAt":"1795898120","name":"web","owner":"helm","railiance.dev/attempt":"a-1",\
                        "status":"deployed","version":"1"},"namespace":"shop","revision":1,"status":"deployed",\
                        "deployedAt":"2026-11-28T20:35:20Z","applyMethod":"ssa"}
                        """).toString());
    }

    @Test
    void list() {
        var operation = new HelmList(HelmArgumentsTest.THREE, WEB.namespace(), Map.of());
        assertEquals(
                Answer.done(List.of(new HelmList.Listed("web", 4, ReleaseStatus.PENDING_UPGRADE, "demo-web-1.2.3"))),
                read(operation, """
                        [{"name":"web","namespace":"shop","revision":"4",\
                        "updated":"2026-11-28 20:36:04.93364143 +0000 UTC","status":"pending-upgrade",\
                        "chart":"demo-web-1.2.3","app_version":"1"}]
                        """));
        assertEquals(Answer.done(List.of()), read(operation, "[]\n"));
    }

    @Test
    void theRest() {
        assertEquals(
                Answer.done(new HelmRollback.RolledBack()),
                read(
                        new HelmRollback(
                                HelmArgumentsTest.FOUR,
                                WEB,
                                1,
                                Duration.ofMinutes(1),
                                Waiting.NOTHING,
                                Apply.AS_BEFORE,
                                OptionalInt.empty()),
                        "Rollback was a success! Happy Helming!\n"));
        assertEquals(
                Answer.done(new HelmUninstall.Uninstalled()),
                read(
                        new HelmUninstall(
                                HelmArgumentsTest.FOUR,
                                WEB,
                                Duration.ofMinutes(1),
                                Waiting.READY,
                                false,
                                Optional.empty()),
                        "release \"web\" uninstalled\n"));
        assertEquals(
                Answer.done(List.of(new HelmDependencies.Dependency("sub", "1.x.x", "file://../sub", "missing"))),
                read(
                        new HelmDependencies(Path.of("/chart")),
                        "NAME\tVERSION\tREPOSITORY   \tSTATUS \nsub \t1.x.x  \tfile://../sub\tmissing\n\n"));
        assertEquals(
                Answer.done(new HelmLint.Sound()),
                read(
                        new HelmLint(Path.of("/chart"), List.of(), Duration.ofMinutes(1)),
                        "==> Linting c\n\n1 chart(s) linted, 0 chart(s) failed\n"));
    }
}
