package dev.railiance.tool;

import dev.railiance.process.AllowedEnvironment;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Helm and kubectl get to see when they talk to a cluster: a home of their own, and by name the way to the cluster.
 * That is the kubeconfig ({@code ~/.kube/config} where KUBECONFIG is not set), proxies, certificates, and where the
 * credential programs named in a kubeconfig keep their configuration. Those look in the home directory otherwise, where
 * they find nothing: a kubeconfig whose credential program needs more works when its variables are allowed by name.
 *
 * <p>Helm keeps its releases where HELM_DRIVER says (secret or configmap). No other HELM_ variable is passed on unless it is
 * allowed by name: context and namespace are given with each call, and must not come from elsewhere.
 */
public final class ClusterEnvironment {

    private static final List<String> WAY_TO_THE_CLUSTER = List.of(
            "KUBECONFIG",
            "KUBERNETES_SERVICE_HOST",
            "KUBERNETES_SERVICE_PORT",
            "HELM_DRIVER",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private static final List<String> CREDENTIAL_PROGRAMS = List.of(
            "AWS_CONFIG_FILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_PROFILE",
            "AWS_REGION",
            "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AZURE_CONFIG_DIR",
            "CLOUDSDK_CONFIG",
            "GOOGLE_APPLICATION_CREDENTIALS");

    private ClusterEnvironment() {}

    /**
     * Chooses from {@code environment}.
     *
     * @param allowed more names that may be passed on, for instance of a credential program
     */
    public static Map<String, String> of(
            Map<String, String> environment, Collection<String> allowed, PrivateHome home) {
        Set<String> names = new LinkedHashSet<>(WAY_TO_THE_CLUSTER);
        names.addAll(CREDENTIAL_PROGRAMS);
        names.addAll(allowed);
        Map<String, String> chosen = new TreeMap<>(AllowedEnvironment.of(environment, names));
        String users = chosen.get("HOME");
        if (users != null) {
            chosen.putIfAbsent("KUBECONFIG", Path.of(users, ".kube", "config").toString());
        }
        chosen.put("HOME", home.directory().toString());
        return chosen;
    }
}
