package dev.railiance.tool;

/** What to do about a tool that is not there, or too old. */
public final class Installation {

    /** The oldest Helm 3 that deploys: before it there are neither release labels nor {@code --dry-run=server}. */
    public static final int OLDEST_HELM_3_MINOR = 13;

    /** The oldest kubectl 1 that the adapters are made for. */
    public static final int OLDEST_KUBECTL_MINOR = 24;

    /** How Helm is got. */
    public static final String OF_HELM =
            "install Helm 3." + OLDEST_HELM_3_MINOR + " or newer: https://helm.sh/docs/intro/install/";

    /** How kubectl is got. */
    public static final String OF_KUBECTL =
            "install kubectl 1." + OLDEST_KUBECTL_MINOR + " or newer: https://kubernetes.io/docs/tasks/tools/";

    private Installation() {}

    /** How the tool is got that did not answer. */
    public static String of(Answer.NotDone<?> not) {
        return not.reason().contains("kubectl") ? OF_KUBECTL : OF_HELM;
    }
}
