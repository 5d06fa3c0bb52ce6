package dev.railiance.deploy;

import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.PromotionEngine;
import dev.railiance.helm.RealHelm;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.Query;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Statistics;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production is judged by its gates on a real cluster; where one fails, everything that was there before is back. */
@Tag("e2e")
class ProductionGatesOnClusterTest {

    /** The settings of a workload as an object of their own. */
    private static final Map<String, String> SETTINGS = Map.of("chart/templates/settings.yaml", """
            {{- if ne .Values.railiance.track "routing" }}
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ include "app.workload" . }}
              {{- include "app.metadata" (list .) | nindent 2 }}
            data:
              {{- toYaml .Values.env | nindent 2 }}
            {{- end }}
            """);

    private static final String GATES = Production.FREE + """

            [[stage3.gates]]
            name = "pods"
            kind = "pods"

            [[stage3.gates]]
            name = "greeting"
            kind = "command"
            argv = ["sh", "-c", "kubectl get configmap $RAILIANCE_RELEASE --namespace it-stage3-gates --output yaml | grep -q GREETING"]
            environment = ["KUBECONFIG"]
            timeout = "20s"
            """;

    /** Asks production itself. */
    private static String answers(String url) {
        return GATES + """

                [[stage3.gates]]
                name = "answers"
                kind = "http"
                url = "%s"
                requests = 5
                """.formatted(url);
    }

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void aGateThatFailsInProductionBringsImageAndConfigurationBackByItself() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-gates")) {
            Optional<Path> bin = RealHelm.four(directory);
            assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
            var production = new Production(directory, processes, cluster, bin.get());
            production.begin();
            var one =
                    production.repository("v1", DemoRepository.ISOLATED, "env: { GREETING: hello }\n", GATES, SETTINGS);
            try (PromotionEngine engine = production.engine()) {
                production.approved(engine, one);
                Stage3PromoteResult good = production.promote(engine, one, Mode.APPLY);
                assertEquals("promoted", good.outcome(), good::toString);
                assertEquals(List.of("pods pass", "greeting pass"), judged(good));
                String before = production.running();
                assertTrue(before.contains("ConfigMap demo-web ") && before.contains("\"GREETING\":\"hello\""), before);

                // As a canary it is sound: what fails is what it is told in production.
                var two = production.repository(
                        "v2",
                        Production.automatic(true),
                        "env: { GREETING: goodbye, ERROR_RATE: \"1\" }\n",
                        answers(production.url("demo-web-stable")),
                        SETTINGS);
                PromotionId bad = production.approved(engine, two);
                Stage3PromoteResult failed = production.promote(engine, two, Mode.APPLY);
                assertEquals("rolled-back", failed.outcome(), failed::toString);
                assertTrue(failed.reason().orElse("").startsWith("gate answers failed: "), failed::toString);
                assertTrue(judged(failed).contains("answers fail"), failed::toString);
                assertEquals(Phase.ROLLED_BACK, production.phase(engine, bad));

                String wanted = production.manifests(one, 2);
                assertTrue(wanted.contains("GREETING: goodbye") && wanted.contains("demo-web:v2"), wanted);
                assertEquals(before, production.running());
                assertEquals(production.manifests(one, 1), production.manifests(one, 3));
                assertEquals(Map.of("demo-web", "3"), production.releases(one));

                Statistics.Measures measures = done(engine.query(Query.statistics(Statistics.Scope.ALL)))
                        .total();
                assertEquals(1, measures.deploymentFrequency().deployments());
                assertEquals(
                        new Statistics.FailureRate(2, 1, Optional.of(new BigDecimal("0.5"))),
                        measures.changeFailureRate());
                assertEquals(1, measures.timeToRestore().restored().samples());
                assertEquals(0, measures.timeToRestore().unrestored());
            }
        }
    }

    /** The gates of Stage 3 with their verdicts. */
    private static List<String> judged(Stage3PromoteResult result) {
        return result.gates().stream()
                .filter(gate -> gate.stage() == 3)
                .map(gate -> gate.name() + " " + gate.verdict().orElse("not looked at"))
                .toList();
    }
}
