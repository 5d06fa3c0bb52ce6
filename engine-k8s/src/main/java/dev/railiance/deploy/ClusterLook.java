package dev.railiance.deploy;

import dev.railiance.effect.ClusterExamination;
import dev.railiance.effect.ClusterQuestion;
import dev.railiance.effect.Prerequisite;
import dev.railiance.helm.Helm;
import dev.railiance.helm.HelmFlags;
import dev.railiance.kubectl.CanI;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlContext;
import dev.railiance.kubectl.KubectlGet;
import dev.railiance.kubectl.KubectlOperation;
import dev.railiance.kubectl.KubectlVersion;
import dev.railiance.kubectl.NamespacePhase;
import dev.railiance.kubectl.SecretKeys;
import dev.railiance.kubectl.Selection;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Installation;
import dev.railiance.tool.Json;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at tools and cluster before anything is changed: every question at once, since each takes a process. */
final class ClusterLook {

    /** What the releases of an app are made of, and what Helm keeps its records in. */
    private static final List<String> RIGHTS = List.of("deployments.apps", "services", "secrets");

    private final Processes processes;
    private final Map<String, String> environment;
    private final PrivateHome home;
    private final Helm helm;
    private final Kubectl kubectl;
    private final ClusterNamespace namespace;
    private final Cancellation cancellation;
    private Optional<Answer<HelmFlags>> flags = Optional.empty();

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
        this.cancellation = cancellation;
    }

    /** Which Helm there is; asked once. */
    Answer<HelmFlags> flags() {
        Answer<HelmFlags> known = flags.orElseGet(() -> helm.flags(cancellation));
        flags = Optional.of(known);
        return known;
    }

    ClusterExamination examine(ClusterQuestion question) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer<HelmFlags>> version = each.submit(this::flags);
            Future<Answer<KubectlVersion.Versions>> kubectls =
                    each.submit(() -> run(new KubectlVersion(namespace.context(), false)));
            Future<Answer<KubectlContext.Target>> context =
                    each.submit(() -> run(new KubectlContext(namespace.context())));
            Future<Prerequisite> space = each.submit(() -> space(run(new NamespacePhase(namespace))));
            List<Future<Answer<Boolean>>> rights = RIGHTS.stream()
                    .map(resource -> each.submit(() -> run(new CanI(namespace, "create", resource))))
                    .toList();
            List<Future<Prerequisite>> others = new ArrayList<>();
            question.secrets().forEach(secret -> others.add(each.submit(() -> secret(secret))));
            question.conditions().forEach(condition -> others.add(each.submit(() -> condition(condition))));
            question.image().ifPresent(image -> others.add(each.submit(() -> signature(image))));

            var tools = new TreeMap<String, String>();
            List<Prerequisite> found = new ArrayList<>();
            found.add(helm(get(version), tools));
            Answer<KubectlVersion.Versions> versions = get(kubectls);
            found.add(kubectl(versions, tools));
            Answer<KubectlContext.Target> target = get(context);
            found.add(context(target, question.contexts()));
            Prerequisite cluster = cluster(versions);
            found.add(cluster);
            if (cluster.met()) {
                found.add(get(space));
                found.add(rights(rights.stream().map(ClusterLook::get).toList()));
                others.forEach(one -> found.add(get(one)));
            }
            return new ClusterExamination(
                    tools,
                    target instanceof Answer.Done<KubectlContext.Target> done
                            ? Optional.of(done.value().context())
                            : Optional.empty(),
                    found);
        }
    }

    private static Prerequisite helm(Answer<HelmFlags> asked, Map<String, String> tools) {
        return switch (asked) {
            case Answer.Done<HelmFlags> done -> {
                String number = done.value().version().number();
                tools.put("helm", number);
                yield done.value().deploys()
                        ? Prerequisite.met("helm", number)
                        : Prerequisite.unmet("helm", number + " is too old; needed is 3.13", Installation.OF_HELM);
            }
            case Answer.NotDone<HelmFlags> not -> tool("helm", not, Installation.OF_HELM);
        };
    }

    /** The client says its version also where the server does not answer, but then the call as a whole has no answer. */
    private Prerequisite kubectl(Answer<KubectlVersion.Versions> asked, Map<String, String> tools) {
        Answer<KubectlVersion.Versions> client =
                asked instanceof Answer.Done ? asked : run(new KubectlVersion(namespace.context(), true));
        return switch (client) {
            case Answer.Done<KubectlVersion.Versions> done -> {
                String number = done.value().client();
                tools.put("kubectl", number);
                done.value().server().ifPresent(server -> tools.put("kubernetes", server));
                String[] parts = number.split("\\.", 3);
                yield Integer.parseInt(parts[0]) > 1 || Integer.parseInt(parts[1]) >= Installation.OLDEST_KUBECTL_MINOR
                        ? Prerequisite.met("kubectl", number)
                        : Prerequisite.unmet(
                                "kubectl",
                                number + " is too old; needed is 1." + Installation.OLDEST_KUBECTL_MINOR,
                                Installation.OF_KUBECTL);
            }
            case Answer.NotDone<KubectlVersion.Versions> not -> tool("kubectl", not, Installation.OF_KUBECTL);
        };
    }

    private static Prerequisite tool(String name, Answer.NotDone<?> not, String fix) {
        return not.cause() == Cause.MISSING || not.cause() == Cause.UNSUPPORTED
                ? Prerequisite.unmet(name, not.cause() == Cause.MISSING ? "it is not on PATH" : not.reason(), fix)
                : Prerequisite.unknown(name, not.reason(), fix);
    }

    private static Prerequisite context(Answer<KubectlContext.Target> asked, List<String> allowed) {
        String fix = "kubectl config get-contexts";
        return switch (asked) {
            case Answer.Done<KubectlContext.Target> done -> {
                String name = done.value().context();
                yield allowed.isEmpty() || allowed.contains(name)
                        ? Prerequisite.met(Prerequisite.CONTEXT, name)
                        : Prerequisite.unmet(
                                Prerequisite.CONTEXT,
                                name + " is not one that the contract allows: " + String.join(", ", allowed),
                                "railiance deploy --stage 2 --context " + allowed.getFirst());
            }
            case Answer.NotDone<KubectlContext.Target> not ->
                not.cause() == Cause.MISSING
                        ? Prerequisite.skipped(Prerequisite.CONTEXT, "not looked at: there is no kubectl")
                        : Prerequisite.unmet(Prerequisite.CONTEXT, not.reason(), fix);
        };
    }

    private static Prerequisite cluster(Answer<KubectlVersion.Versions> asked) {
        return switch (asked) {
            case Answer.Done<KubectlVersion.Versions> done ->
                Prerequisite.met(
                        Prerequisite.CLUSTER,
                        "Kubernetes " + done.value().server().orElse("of an unknown version"));
            case Answer.NotDone<KubectlVersion.Versions> not ->
                Prerequisite.unknown(Prerequisite.CLUSTER, not.reason(), "kubectl cluster-info");
        };
    }

    private Prerequisite space(Answer<NamespacePhase.Phase> asked) {
        String name = "namespace";
        String fix = "kubectl create namespace " + namespace.name();
        return switch (asked) {
            case Answer.Done<NamespacePhase.Phase> done ->
                done.value() == NamespacePhase.Phase.ACTIVE
                        ? Prerequisite.met(name, namespace.name())
                        : Prerequisite.unmet(name, namespace.name() + " is being deleted", fix);
            case Answer.NotDone<NamespacePhase.Phase> not ->
                switch (not.cause()) {
                    case NOT_FOUND -> Prerequisite.unmet(name, namespace.name() + " is not there", fix);
                    // Who may deploy into a namespace need not be able to read it.
                    case FORBIDDEN -> Prerequisite.skipped(name, namespace.name() + " may not be looked at");
                    default -> Prerequisite.unknown(name, not.reason(), fix);
                };
        };
    }

    private Prerequisite rights(List<Answer<Boolean>> asked) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            switch (asked.get(i)) {
                case Answer.Done<Boolean> done -> {
                    if (!done.value()) {
                        missing.add(RIGHTS.get(i));
                    }
                }
                case Answer.NotDone<Boolean> not -> {
                    return Prerequisite.unknown("rights", not.reason(), rights());
                }
            }
        }
        return missing.isEmpty()
                ? Prerequisite.met("rights", "deployments, services and secrets may be created")
                : Prerequisite.unmet(
                        "rights",
                        "the credentials may not create " + String.join(", ", missing) + " in " + namespace.name(),
                        rights());
    }

    private String rights() {
        return "kubectl auth can-i --list --namespace " + namespace.name();
    }

    private Prerequisite secret(ClusterQuestion.SecretKey secret) {
        String name = "secret " + secret.name();
        String where = secret.namespace() + "/" + secret.secret();
        String fix = "kubectl get secret " + secret.secret() + " --namespace " + secret.namespace();
        var asked = run(new SecretKeys(new ClusterNamespace(namespace.context(), secret.namespace()), secret.secret()));
        return switch (asked) {
            case Answer.Done<List<String>> done ->
                done.value().contains(secret.key())
                        ? Prerequisite.met(name, "key " + secret.key() + " of " + where + " is there")
                        : Prerequisite.unmet(name, where + " has no key " + secret.key(), fix);
            case Answer.NotDone<List<String>> not ->
                not.cause() == Cause.NOT_FOUND || not.cause() == Cause.NAMESPACE_NOT_FOUND
                        ? Prerequisite.unmet(name, where + " is not there", fix)
                        : Prerequisite.unknown(name, not.reason(), fix);
        };
    }

    private Prerequisite condition(ClusterQuestion.Condition wanted) {
        String name = "dependency " + wanted.name();
        String[] kindAndName = wanted.resource().split("/", 2);
        String space = wanted.namespace().orElse(namespace.name());
        String fix = "kubectl get " + wanted.resource() + " --namespace " + space;
        var get = new KubectlGet<Boolean>(
                new ClusterNamespace(namespace.context(), space),
                List.of(kindAndName[0]),
                new Selection.Named(kindAndName[1]),
                object -> Json.each(object.path("status").path("conditions"), condition -> condition).stream()
                        .anyMatch(condition -> condition.path("type").asText().equals(wanted.condition())
                                && condition.path("status").asText().equals("True")));
        return switch (run(get)) {
            case Answer.Done<List<Boolean>> done
            when done.value().getFirst() -> Prerequisite.met(name, wanted.resource() + " is " + wanted.condition());
            case Answer.Done<List<Boolean>> done ->
                lacking(wanted, name, wanted.resource() + " is not " + wanted.condition(), fix);
            case Answer.NotDone<List<Boolean>> not
            when not.cause() == Cause.NOT_FOUND -> lacking(wanted, name, wanted.resource() + " is not there", fix);
            case Answer.NotDone<List<Boolean>> not -> Prerequisite.unknown(name, not.reason(), fix);
        };
    }

    private static Prerequisite lacking(ClusterQuestion.Condition wanted, String name, String reason, String fix) {
        return wanted.required()
                ? Prerequisite.unmet(name, reason, fix)
                : Prerequisite.skipped(name, reason + "; it is not required");
    }

    private Prerequisite signature(ClusterQuestion.SignedImage image) {
        var verify = new CosignVerify(image);
        var cosign = new Tool(processes, home.directory(), AllowedEnvironment.of(environment, List.of()));
        return switch (cosign.run(verify, OutputSink.NONE, cancellation)) {
            case Answer.Done<Boolean> done -> Prerequisite.met("signature", "verified: signed by " + image.identity());
            case Answer.NotDone<Boolean> not ->
                Prerequisite.unmet("signature", not.reason(), String.join(" ", verify.argv()));
        };
    }

    private <T> Answer<T> run(KubectlOperation<T> operation) {
        return kubectl.run(operation, OutputSink.NONE, cancellation);
    }

    private static <T> T get(Future<T> future) {
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
