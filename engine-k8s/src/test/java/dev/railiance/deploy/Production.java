package dev.railiance.deploy;

import static dev.railiance.deploy.Told.assertHolds;
import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.AbortRequest;
import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.PromoteRequest;
import dev.railiance.PromotionEngine;
import dev.railiance.RollbackRequest;
import dev.railiance.RunRequest;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Processes;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Query;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The demo app in production in a namespace of a real cluster, and the engine that brings it there. */
record Production(Path directory, Processes processes, RealCluster cluster, Map<String, String> tools) {

    /** Nobody has to approve production. */
    static final String FREE = "\n[approval.stage3]\nrequired = 0\n";

    Production(Path directory, Processes processes, RealCluster cluster, Path helm) throws IOException {
        this(directory, processes, cluster, cluster.tools(helm));
    }

    void begin() {
        cluster.createNamespace();
    }

    /** A canary that stands alone, and whether a promotion that fails is taken back by itself. */
    static String automatic(boolean automatic) {
        return DemoRepository.ISOLATED + "\n\n[rollback]\nautomatic = " + automatic + "\n";
    }

    /** A repository whose production has values of its own, and needs nobody's approval. */
    DemoRepository repository(String tag, String stage2, String production) throws IOException {
        return repository(tag, stage2, production, FREE, Map.of());
    }

    /** The same with another end of the contract, and more files. */
    DemoRepository repository(String tag, String stage2, String production, String more, Map<String, String> files)
            throws IOException {
        String values = "values/stage3.yaml";
        Map<String, String> all = new HashMap<>(files);
        all.put(values, production.isEmpty() ? "{}\n" : production);
        Path parent = Files.createTempDirectory(directory, "repository");
        return DemoRepository.make(
                parent,
                processes,
                cluster.namespace().name(),
                tag,
                "replicas",
                stage2 + "\n\n[stage3]\nvalues = [\"" + values + "\"]\n" + more,
                all);
    }

    PromotionEngine engine() {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(ledger()),
                        new Actor("ada"),
                        "runner-7",
                        tools,
                        InstantSource.system(),
                        Optional.empty())
                .withDeployers(HelmDeployer::create));
    }

    /** Takes what lies in a repository as far as production lets it in. */
    PromotionId approved(PromotionEngine engine, DemoRepository repository) {
        var id = new PromotionId(
                done(engine.run(RunRequest.of(repository.directory()))).promotionId());
        RealCluster.until(() -> !deploy(engine, repository).outcome().equals("waiting"), "the canary");
        RealCluster.until(() -> deploy(engine, repository).outcome().equals("unchanged"), "the canary's last step");
        assertEquals(Phase.APPROVED, phase(engine, id));
        return id;
    }

    private static Stage2DeployResult deploy(PromotionEngine engine, DemoRepository repository) {
        Stage2DeployResult result = done(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
        assertEquals(false, List.of("refused", "errored", "failed").contains(result.outcome()), result::toString);
        return result;
    }

    static PromoteRequest promotion(Path repository, Mode mode) {
        return PromoteRequest.of(repository, mode);
    }

    Stage3PromoteResult promote(PromotionEngine engine, DemoRepository repository, Mode mode) {
        Stage3PromoteResult result = done(engine.promote(promotion(repository.directory(), mode)));
        assertHolds(result.schema(), result);
        return result;
    }

    Stage3RollbackResult rollback(PromotionEngine engine, DemoRepository repository, boolean apply) {
        return valid(done(engine.rollback(RollbackRequest.of(repository.directory(), apply))));
    }

    /** To a revision that somebody names, where one does. */
    Stage3RollbackResult rollback(PromotionEngine engine, DemoRepository repository, Optional<Integer> revision) {
        return valid(done(engine.rollback(rollback(repository, Optional.empty(), revision))));
    }

    private static Stage3RollbackResult valid(Stage3RollbackResult result) {
        assertHolds(result.schema(), result);
        return result;
    }

    static RollbackRequest rollback(DemoRepository repository, Optional<PromotionId> id, Optional<Integer> revision) {
        return new RollbackRequest(
                id.map(PromotionId::value),
                repository.directory(),
                repository.directory().resolve("railiance/app.toml"),
                true,
                revision,
                "not wanted",
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    AbortResult abort(PromotionEngine engine, DemoRepository repository) {
        return abort(engine, repository, line -> {});
    }

    AbortResult abort(PromotionEngine engine, DemoRepository repository, Consumer<String> progress) {
        AbortResult result = done(engine.abort(abortion(repository, progress)));
        assertHolds(result.schema(), result);
        return result;
    }

    static AbortRequest abortion(DemoRepository repository, Consumer<String> progress) {
        return new AbortRequest(
                repository.directory(),
                Optional.empty(),
                true,
                "not wanted",
                Optional.empty(),
                new Cancellation(),
                progress);
    }

    /** Where the embedded ledger lies. */
    Path ledger() {
        return directory.resolve("ledger");
    }

    /** Whether Helm says that an operation on a release is under way. */
    boolean pending(DemoRepository repository, String release) {
        return repository
                .run(
                        tools,
                        List.of(
                                "helm",
                                "list",
                                "--pending",
                                "--short",
                                "--namespace=" + cluster.namespace().name()))
                .lines()
                .toList()
                .contains(release);
    }

    Phase phase(PromotionEngine engine, PromotionId id) {
        return done(engine.query(Query.status(id.value()))).phase();
    }

    /** Releases with their revisions. */
    Map<String, String> releases(DemoRepository repository) {
        Map<String, String> found = new HashMap<>();
        repository
                .run(
                        tools,
                        List.of(
                                "helm",
                                "list",
                                "--namespace=" + cluster.namespace().name()))
                .lines()
                .skip(1)
                .map(line -> line.split("\\s+", -1))
                .forEach(columns -> found.put(columns[0], columns[2]));
        return found;
    }

    /** The newest revision of production. */
    int revision(DemoRepository repository) {
        return Integer.parseInt(releases(repository).get("demo-web"));
    }

    String manifests(DemoRepository repository, int revision) {
        return repository.run(
                tools,
                List.of(
                        "helm",
                        "get",
                        "manifest",
                        "demo-web",
                        "--revision=" + revision,
                        "--namespace=" + cluster.namespace().name()));
    }

    /** What the cluster itself holds of production, object by object, with the image and each setting. */
    String running() {
        return cluster.kubectl(
                "get",
                "deployments,services,configmaps,serviceaccounts",
                "--namespace=" + cluster.namespace().name(),
                "--selector=app.kubernetes.io/instance=demo-web",
                "--output=jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.labels}"
                        + " {.metadata.annotations.railiance\\.dev/artifact} {.data}{.spec}{\"\\n\"}{end}");
    }

    String image() {
        return get("deployment", "demo-web", "{.spec.template.spec.containers[0].image}");
    }

    /** Whom the entry for traffic chooses. */
    String entry() {
        return get("service", "demo-web", "{.spec.selector.railiance\\.dev/track}");
    }

    /** The canary's workloads that the cluster has. */
    String canaries() {
        return cluster.kubectl(
                "get",
                "deployments",
                "--namespace=" + cluster.namespace().name(),
                "--selector=railiance.dev/track=canary",
                "--output=name");
    }

    /** Where a service answers, also from outside the cluster. */
    String url(String service) {
        return "http://" + get("service", service, "{.spec.clusterIP}") + "/";
    }

    String get(String kind, String name, String path) {
        return cluster.kubectl(
                "get", kind, name, "--namespace=" + cluster.namespace().name(), "--output=jsonpath=" + path);
    }
}
