package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.effect.ClusterQuestion.SecretKey;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.kubectl.NamespacePhase.Phase;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be pasted works where it is needed, and is not what has just failed. */
class ClusterFindingsTest {

    private static final CommandPlace HERE = new CommandPlace(Optional.empty(), "shop");
    private static final CommandPlace EDGE = new CommandPlace(Optional.of("the edge"), "shop");

    @Test
    void aCommandNamesTheContextThatWasNamed() {
        assertEquals(
                Optional.of("kubectl get secret db --namespace data --context 'the edge'"),
                ClusterFindings.secret(
                                new SecretKey("password", "data", "db", "password"), Answer.done(List.of()), EDGE)
                        .fix());
        assertEquals(
                Optional.of("kubectl auth can-i --list --namespace shop --context 'the edge'"),
                ClusterFindings.rights(Answer.done(List.of(new Rights.Right("delete", "secrets"))), EDGE)
                        .fix());
        assertEquals(" --namespace shop --kube-context 'the edge'", EDGE.helm());
    }

    @Test
    void aNamespaceThatIsBeingDeletedIsWaitedForAndOneThatIsNotThereIsMade() {
        assertEquals(
                Prerequisite.unmet(
                        "namespace",
                        "shop is being deleted",
                        "kubectl wait --for=delete namespace/shop --timeout=120s"),
                ClusterFindings.namespace(Answer.done(Phase.TERMINATING), HERE));
        assertEquals(
                Optional.of("kubectl create namespace shop --context 'the edge'"),
                ClusterFindings.namespace(Answer.notDone(Cause.NOT_FOUND, "none"), EDGE)
                        .fix());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "UNREACHABLE, kubectl cluster-info --context 'the edge'",
                "UNAUTHENTICATED, kubectl config view --minify --context 'the edge'",
                "CONTEXT_UNKNOWN, kubectl config get-contexts"
            })
    void whoGetsNoAnswerIsToldWhatToLookAt(Cause cause, String fix) {
        assertEquals(
                Prerequisite.unknown(Prerequisite.CLUSTER, "no answer", fix),
                ClusterFindings.cluster(Answer.notDone(cause, "no answer"), EDGE));
    }
}
