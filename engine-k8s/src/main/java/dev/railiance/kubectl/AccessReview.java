package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kubectl create --raw} of a SelfSubjectAccessReview: whether the credentials give a right. It is what {@code kubectl
 * auth can-i} asks, but that first reads every kind of object the API server has, thirty requests on an old one.
 *
 * @param review a file that holds {@link #of what is asked}
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/">
 *     SelfSubjectAccessReview v1</a>
 */
public record AccessReview(Optional<String> context, Path review) implements KubectlOperation<Boolean> {

    private static final String API = "authorization.k8s.io/v1";

    /**
     * What is asked.
     *
     * @param verb for instance {@code create}
     * @param resource in the plural and with its group, for instance {@code deployments.apps}
     */
    public static byte[] of(ClusterNamespace namespace, String verb, String resource) {
        int dot = resource.indexOf('.');
        var asked = JsonNodeFactory.instance.objectNode().put("apiVersion", API).put("kind", "SelfSubjectAccessReview");
        asked.putObject("spec")
                .putObject("resourceAttributes")
                .put("namespace", namespace.name())
                .put("verb", verb)
                .put("group", dot < 0 ? "" : resource.substring(dot + 1))
                .put("resource", dot < 0 ? resource : resource.substring(0, dot));
        return asked.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "kubectl create selfsubjectaccessreview";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("create", "--raw=/apis/" + API + "/selfsubjectaccessreviews", "--filename=" + review));
        arguments.addAll(KubectlOperation.place(context));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Boolean> read(Captured stdout) {
        return Json.read(this, stdout, AccessReview::allowed);
    }

    private static boolean allowed(JsonNode answer) {
        JsonNode allowed = answer.path("status").path("allowed");
        if (!allowed.isBoolean()) {
            throw new Json.Odd();
        }
        return allowed.booleanValue();
    }
}
