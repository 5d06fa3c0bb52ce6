package dev.railiance.deploy;

import dev.railiance.deploy.Rights.Right;
import dev.railiance.effect.ClusterExamination;
import dev.railiance.effect.ClusterQuestion;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.helm.Capabilities;
import dev.railiance.helm.Helm;
import dev.railiance.helm.HelmFlags;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlContext;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.kubectl.KubectlOperation;
import dev.railiance.kubectl.KubectlVersion;
import dev.railiance.kubectl.NamespacePhase;
import dev.railiance.kubectl.SecretKeys;
import dev.railiance.kubectl.Selection;
import dev.railiance.kubectl.ServedKinds;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at tools and cluster before anything is changed: every question at once, since each takes a process. */
final class ClusterLook {

    private final Processes processes;
    private final Map<String, String> environment;
    private final PrivateHome home;
    private final Helm helm;
    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final CommandPlace place;
    private final Cancellation cancellation;
    private Optional<Answer<HelmFlags>> flags = Optional.empty();
    private Capabilities capabilities = Capabilities.UNKNOWN;

    ClusterLook(
            Processes processes,
            Map<String, String> environment,
            PrivateHome home,
            Helm helm,
            Kubectl kubectl,
            ClusterNamespace namespace,
            Cancellation cancellation) {
        this.processes = processes;
        this.environment = environment;
        this.home = home;
        this.helm = helm;
        this.kubectl = kubectl;
        this.namespace = namespace;
        this.place = new CommandPlace(namespace.context(), namespace.name());
        this.cancellation = cancellation;
    }

    /** Which Helm there is; asked once. */
    Answer<HelmFlags> flags() {
        Answer<HelmFlags> known = flags.orElseGet(() -> helm.flags(cancellation));
        flags = Optional.of(known);
        return known;
    }

    /** What a chart may count on in the cluster that was examined. */
    Capabilities capabilities() {
        return capabilities;
    }

    ClusterExamination examine(ClusterQuestion question) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer<HelmFlags>> version = each.submit(this::flags);
            Future<Answer<KubectlVersion.Versions>> kubectls =
                    each.submit(() -> run(new KubectlVersion(namespace.context(), false)));
            Future<Answer<KubectlContext.Target>> context =
                    each.submit(() -> run(new KubectlContext(namespace.context())));
            Future<Prerequisite> space =
                    each.submit(() -> ClusterFindings.namespace(run(new NamespacePhase(namespace)), place));
            Future<Answer<List<Right>>> rights = each.submit(
                    () -> new Rights(kubectl, home, namespace, cancellation).missing(Rights.needed(environment)));
            Optional<Future<Answer<SortedSet<String>>>> kinds = question.rendering()
                    ? Optional.of(each.submit(() -> run(new ServedKinds(namespace.context()))))
                    : Optional.empty();
            List<Future<Prerequisite>> others = new ArrayList<>();
            question.secrets()
                    .forEach(secret ->
                            others.add(each.submit(() -> ClusterFindings.secret(secret, keys(secret), place))));
            question.conditions().forEach(condition -> others.add(each.submit(() -> condition(condition))));
            question.image()
                    .ifPresent(
                            image -> others.add(each.submit(() -> ImageSignature.of(image, cosign(), cancellation))));

            var tools = new TreeMap<String, String>();
            List<Prerequisite> found = new ArrayList<>();
            found.add(ClusterFindings.helm(get(version), tools));
            Answer<KubectlVersion.Versions> versions = get(kubectls);
            found.add(ClusterFindings.kubectl(client(versions), tools));
            Answer<KubectlContext.Target> target = get(context);
            found.add(ClusterFindings.context(target, question.contexts(), place));
            Prerequisite cluster = ClusterFindings.cluster(versions, place);
            found.add(cluster);
            if (cluster.met()) {
                found.add(get(space));
                found.add(ClusterFindings.rights(get(rights), place));
                others.forEach(one -> found.add(get(one)));
            }
            kinds.ifPresent(
                    served -> capabilities = capabilities(Optional.ofNullable(tools.get("kubernetes")), get(served)));
            return new ClusterExamination(
                    tools,
                    target instanceof Answer.Done<KubectlContext.Target> done
                            ? Optional.of(done.value().context())
                            : Optional.empty(),
                    found);
        }
    }

    private static Capabilities capabilities(Optional<String> server, Answer<SortedSet<String>> kinds) {
        return server.isEmpty()
                ? Capabilities.UNKNOWN
                : new Capabilities(
                        server, kinds instanceof Answer.Done<SortedSet<String>> done ? done.value() : new TreeSet<>());
    }

    /** The client says its version also where the server does not answer, but then the call as a whole has no answer. */
    private Answer<KubectlVersion.Versions> client(Answer<KubectlVersion.Versions> asked) {
        return asked instanceof Answer.Done ? asked : run(new KubectlVersion(namespace.context(), true));
    }

    private Answer<List<String>> keys(ClusterQuestion.SecretKey secret) {
        return run(new SecretKeys(new ClusterNamespace(namespace.context(), secret.namespace()), secret.secret()));
    }

    private Prerequisite condition(ClusterQuestion.Condition wanted) {
        String[] kindAndName = wanted.resource().split("/", 2);
        String space = wanted.namespace().orElse(namespace.name());
        var get = new KubectlGet<Boolean>(
                new ClusterNamespace(namespace.context(), space),
                List.of(kindAndName[0]),
                new Selection.Named(kindAndName[1]),
                object -> Json.each(object.path("status").path("conditions"), condition -> condition).stream()
                        .anyMatch(condition -> condition.path("type").asText().equals(wanted.condition())
                                && condition.path("status").asText().equals("True")));
        return ClusterFindings.condition(wanted, run(get), place.in(space));
    }

    private Tool cosign() {
        return new Tool(processes, home.directory(), AllowedEnvironment.of(environment, CosignVerify.ENVIRONMENT));
    }

    private <T> Answer<T> run(KubectlOperation<T> operation) {
        return kubectl.run(operation, OutputSink.NONE, cancellation);
    }

    static <T> T get(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    // Tools stop by the cancellation, and soon.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a look at the cluster threw", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
