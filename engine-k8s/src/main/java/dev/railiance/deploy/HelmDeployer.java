package dev.railiance.deploy;

import dev.railiance.effect.ClusterExamination;
import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.ClusterQuestion;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.ReleasePods;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Absent;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.effect.RolloutLook;
import dev.railiance.effect.TrafficRoute;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.helm.Helm;
import dev.railiance.helm.HelmDryRun;
import dev.railiance.helm.HelmFlags;
import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.helm.HelmHistory;
import dev.railiance.helm.HelmManifest;
import dev.railiance.helm.HelmOperation;
import dev.railiance.helm.HelmRollback;
import dev.railiance.helm.HelmTemplate;
import dev.railiance.helm.HelmUninstall;
import dev.railiance.helm.HelmUpgrade;
import dev.railiance.helm.HelmValues;
import dev.railiance.helm.Release;
import dev.railiance.helm.ReleaseStatus;
import dev.railiance.helm.Revision;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlContext;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Deploys with the {@code helm} and reads with the {@code kubectl} on PATH. Used by one thread. */
public final class HelmDeployer implements Deployer {

    private static final Duration RENDERING = Duration.ofMinutes(1);
    private static final Duration REPAIR = Duration.ofMinutes(2);
    /** More than anybody keeps. */
    private static final int REVISIONS = 256;

    private final PrivateHome home;
    private final Helm helm;
    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;
    private final ClusterLook look;
    private final Answers answers;
    private final Map<String, List<ManifestReader.Workload>> workloads = new HashMap<>();
    /** What was made last here: what a revision has in it does not change. */
    private final Map<String, HelmUpgrade.Made> made = new HashMap<>();

    private Optional<HelmFlags> flags = Optional.empty();

    private HelmDeployer(
            Processes processes,
            Map<String, String> environment,
            PrivateHome home,
            ClusterNamespace namespace,
            Cancellation cancellation) {
        this.home = home;
        this.namespace = namespace;
        this.cancellation = cancellation;
        this.helm = Helm.onCluster(processes, environment, List.of(), home);
        this.kubectl = new Kubectl(processes, environment, List.of(), home);
        this.look = new ClusterLook(processes, environment, home, helm, kubectl, namespace, cancellation);
        this.answers = new Answers(place());
    }

    /** Makes one with a temporary home of its own, which is gone after {@link #close()}. */
    public static Outcome<Deployer> create(
            Processes processes,
            Map<String, String> environment,
            Optional<String> context,
            String namespace,
            Cancellation cancellation) {
        try {
            return Outcome.done(new HelmDeployer(
                    processes,
                    environment,
                    PrivateHome.open(),
                    new ClusterNamespace(context, namespace),
                    cancellation));
        } catch (IOException e) {
            return Outcome.notDone(new Failure(
                    Code.TOOL_UNAVAILABLE, "no temporary directory could be made for helm and kubectl", ""));
        }
    }

    @Override
    public CommandPlace place() {
        return new CommandPlace(namespace.context(), namespace.name());
    }

    @Override
    public ClusterExamination examine(ClusterQuestion question) {
        return look.examine(question);
    }

    @Override
    public Outcome<String> context() {
        return answers.outcome(kubectl.run(new KubectlContext(namespace.context()), OutputSink.NONE, cancellation)
                .then(target -> Answer.done(target.context())));
    }

    @Override
    public List<List<String>> invocations(Deployment deployment) {
        return upgrade(deployment) instanceof Answer.Done<HelmUpgrade> done
                ? List.of(done.value().argv())
                : List.of();
    }

    @Override
    public Outcome<List<ClusterObject>> render(Deployment deployment, boolean byServer) {
        return answers.outcome(values(deployment)
                .then(files -> byServer
                        ? upgrade(deployment).then(upgrade -> run(new HelmDryRun(upgrade)))
                        : run(new HelmTemplate(
                                deployment.release(),
                                Optional.of(namespace.name()),
                                deployment.chart(),
                                files,
                                look.capabilities(),
                                RENDERING)))
                .then(ManifestReader::objects));
    }

    @Override
    public Outcome<List<ClusterObject>> objects(String release) {
        return objects(release, OptionalInt.empty());
    }

    @Override
    public Outcome<List<ClusterObject>> objects(String release, int revision) {
        HelmUpgrade.Made known = made.get(release);
        return known != null && known.revision().number() == revision
                ? answers.outcome(ManifestReader.objects(known.manifests()))
                : objects(release, OptionalInt.of(revision));
    }

    private Outcome<List<ClusterObject>> objects(String release, OptionalInt revision) {
        return answers.outcome(run(new HelmManifest(named(release), revision))
                .ifThere()
                .then(manifests ->
                        manifests.isEmpty() ? Answer.done(List.of()) : ManifestReader.objects(manifests.get())));
    }

    @Override
    public Outcome<List<KeptRevision>> history(String release) {
        return answers.outcome(run(new HelmHistory(named(release), REVISIONS))
                .ifThere()
                .then(history -> Answer.done(history.orElse(List.of()).stream()
                        .map(revision -> new KeptRevision(revision.number(), sound(revision)))
                        .toList())));
    }

    private static boolean sound(Revision revision) {
        return revision.status() == ReleaseStatus.DEPLOYED || revision.status() == ReleaseStatus.SUPERSEDED;
    }

    @Override
    public Outcome<ReleaseState> state(String release) {
        return answers.outcome(run(new HelmHistory(named(release), 1))
                .ifThere()
                .then(history -> history.filter(revisions -> !revisions.isEmpty())
                        .map(revisions -> present(release, revisions.getLast()))
                        .orElseGet(() -> Answer.done(new Absent()))));
    }

    @Override
    public List<Outcome<ReleaseState>> states(List<String> releases) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            return releases.stream().map(release -> each.submit(() -> state(release))).toList().stream()
                    .map(ClusterLook::get)
                    .toList();
        }
    }

    private Answer<ReleaseState> present(String release, Revision newest) {
        Optional<ReleaseMark> told = ReleaseMark.ofDescription(newest.description());
        return (told.isPresent()
                        ? Answer.done(told.get())
                        : run(new HelmValues(named(release), OptionalInt.empty()))
                                .then(given -> Answer.done(ReleaseMark.ofValues(given.values()))))
                .then(mark -> Answer.done(new Present(
                        newest.number(),
                        condition(newest.status()),
                        mark.promotion(),
                        mark.attempt(),
                        newest.updated())));
    }

    private static Condition condition(ReleaseStatus status) {
        return switch (status) {
            case DEPLOYED -> Condition.DEPLOYED;
            case FAILED -> Condition.FAILED;
            case PENDING_INSTALL, PENDING_UPGRADE, PENDING_ROLLBACK -> Condition.PENDING;
            case SUPERSEDED, UNINSTALLED, UNINSTALLING, UNKNOWN -> Condition.OTHER;
        };
    }

    @Override
    public Outcome<Present> apply(Deployment deployment) {
        forget(deployment.release());
        return answers.outcome(
                upgrade(deployment).then(this::run).then(upgrade -> Answer.done(present(deployment, upgrade))));
    }

    private Present present(Deployment deployment, HelmUpgrade.Made upgrade) {
        made.put(deployment.release(), upgrade);
        if (ManifestReader.workloads(upgrade.manifests()) instanceof Answer.Done<List<ManifestReader.Workload>> found) {
            workloads.put(deployment.release(), found.value());
        }
        return new Present(
                upgrade.revision().number(),
                condition(upgrade.revision().status()),
                Optional.of(deployment.mark().promotion()),
                Optional.of(deployment.mark().attempt()),
                upgrade.revision().updated());
    }

    @Override
    public Duration longest(Duration timeout) {
        return HelmUpgrade.longest(timeout);
    }

    @Override
    public Outcome<ReleaseState> repair(String release) {
        forget(release);
        return answers.outcome(run(new HelmHistory(named(release), REVISIONS)))
                .then(history -> {
                    OptionalInt sound = history.stream()
                            .filter(HelmDeployer::sound)
                            .mapToInt(Revision::number)
                            .max();
                    return sound.isEmpty()
                            ? remove(release, REPAIR).then(gone -> Outcome.done(gone))
                            : rollBack(release, sound.getAsInt(), REPAIR).then(back -> Outcome.done(true));
                })
                .then(done -> state(release));
    }

    @Override
    public Outcome<ReleaseState> rollBack(String release, int revision, Duration timeout) {
        forget(release);
        return answers.outcome(flags().then(known -> run(new HelmRollback(
                        known,
                        named(release),
                        revision,
                        timeout,
                        Waiting.NOTHING,
                        Apply.AS_BEFORE,
                        OptionalInt.empty()))))
                .then(back -> state(release));
    }

    @Override
    public Outcome<RolloutLook> rollout(String release, boolean closely) {
        return answers.outcome(workloads(release)
                .then(found -> new RolloutReader(kubectl, namespace, cancellation).look(found, closely)));
    }

    @Override
    public Outcome<ReleasePods> pods(String release) {
        return answers.outcome(
                workloads(release).then(found -> new PodReader(kubectl, namespace, cancellation).pods(found)));
    }

    private Answer<List<ManifestReader.Workload>> workloads(String release) {
        List<ManifestReader.Workload> known = workloads.get(release);
        return known != null
                ? Answer.done(known)
                : run(new HelmManifest(named(release), OptionalInt.empty()))
                        .then(ManifestReader::workloads)
                        .then(found -> {
                            workloads.put(release, found);
                            return Answer.done(found);
                        });
    }

    @Override
    public Outcome<Boolean> remove(String release, Duration timeout) {
        forget(release);
        return answers.outcome(flags().then(known ->
                        run(new HelmUninstall(known, named(release), timeout, Waiting.READY, false, Optional.empty())))
                .ifThere()
                .then(gone -> Answer.done(gone.isPresent())));
    }

    @Override
    public Outcome<OptionalInt> replicas(String release) {
        return answers.outcome(workloads(release).ifThere().then(found -> {
            if (found.isEmpty() || found.get().isEmpty()) {
                return Answer.done(OptionalInt.empty());
            }
            ManifestReader.Workload first = found.get().getFirst();
            return kubectl.run(
                            KubectlGet.workload(namespace, first.kind(), first.name()), OutputSink.NONE, cancellation)
                    .ifThere()
                    .then(workload -> Answer.done(
                            workload.map(one -> OptionalInt.of(one.getFirst().replicas()))
                                    .orElseGet(OptionalInt::empty)));
        }));
    }

    @Override
    public Outcome<TrafficShare> share(TrafficRoute route) {
        return answers.outcome(
                new TrafficReader(kubectl, namespace, cancellation).share(route, () -> workloads(route.canary())));
    }

    private Answer<HelmUpgrade> upgrade(Deployment deployment) {
        return flags().then(known -> values(deployment)
                .then(files -> Answer.done(new HelmUpgrade(
                        known,
                        named(deployment.release()),
                        deployment.chart(),
                        files,
                        HelmUpgrade.Options.of(
                                ReleaseMark.description(deployment.mark()),
                                ReleaseMark.labels(deployment.mark()),
                                deployment.timeout())))));
    }

    private Answer<List<Path>> values(Deployment deployment) {
        try {
            List<Path> files = new ArrayList<>(deployment.values());
            files.add(home.write("values-" + deployment.release() + ".json", EngineValues.of(deployment)));
            return Answer.done(files);
        } catch (IOException e) {
            return Answer.notDone(Answer.Cause.BROKEN, "the values for helm could not be written");
        }
    }

    private Answer<HelmFlags> flags() {
        if (flags.isPresent()) {
            return Answer.done(flags.get());
        }
        return look.flags().then(known -> {
            flags = Optional.of(known);
            return Answer.done(known);
        });
    }

    private void forget(String release) {
        workloads.remove(release);
        made.remove(release);
    }

    private Release named(String release) {
        return new Release(namespace, release);
    }

    private <T> Answer<T> run(HelmOperation<T> operation) {
        return helm.run(operation, OutputSink.NONE, cancellation);
    }

    @Override
    public void close() {
        home.close();
    }
}
