package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.deploy.Rights.Right;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.FakeTool;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who could not take a canary back must not bring one out. */
class RightsTest {

    private static final String CAN_I = "kubectl auth can-i --list --namespace shop";
    private static final String ALL_BUT_DELETE = """
            {"verbs":["get","list","create","update","patch"],"apiGroups":["*"],"resources":["*"]}""";
    private static final String SOME_SECRETS = """
            {"verbs":["*"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["mine"]}""";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void whoMayCreateButNotDeleteIsToldSo() throws IOException {
        assertEquals(
                Prerequisite.unmet(
                        "rights",
                        "the credentials may not delete deployments.apps; delete services; delete secrets in shop",
                        CAN_I),
                found(List.of(ALL_BUT_DELETE, SOME_SECRETS), false, Map.of()));
        assertEquals(List.of("rules"), asked(), "one question is enough");
    }

    @Test
    void helmKeepsItsRecordsWhereItsDriverSays() {
        assertTrue(Rights.needed(Map.of()).contains(new Right("update", "secrets")));
        List<Right> inMaps = Rights.needed(Map.of("HELM_DRIVER", "configmap"));
        assertTrue(inMaps.contains(new Right("delete", "configmaps")));
        assertTrue(inMaps.stream().noneMatch(right -> right.resource().equals("secrets")));
    }

    @Test
    void whereNotEveryRightIsListedThoseThatAreNotAreAskedFor() throws IOException {
        assertEquals(
                Prerequisite.unmet("rights", "the credentials may not delete secrets in shop", CAN_I),
                found(List.of(ALL_BUT_DELETE), true, Map.of()));
        assertEquals(List.of("access", "access", "access", "rules"), asked());
    }

    private Prerequisite found(List<String> rules, boolean incomplete, Map<String, String> helm) throws IOException {
        Path answer = Files.writeString(
                directory.resolve("answer"),
                "{\"status\":{\"resourceRules\":[" + String.join(",", rules) + "],\"incomplete\":" + incomplete + "}}");
        // Of what is not listed only secrets are refused.
        String script = """
                case "$*" in
                *selfsubjectrulesreviews*) echo rules >> %1$s/asked; cat %2$s;;
                *) echo access >> %1$s/asked
                   for last; do case $last in --filename=*) file=${last#--filename=};; esac; done
                   if grep -q secrets "$file"; then allowed=false; else allowed=true; fi
                   echo "{\\"status\\":{\\"allowed\\":$allowed}}";;
                esac""".formatted(directory, answer);
        try (PrivateHome home = PrivateHome.open()) {
            var kubectl = new Kubectl(processes, FakeTool.write(directory, "kubectl", script), List.of(), home);
            var shop = new ClusterNamespace(Optional.empty(), "shop");
            return ClusterFindings.rights(
                    new Rights(kubectl, home, shop, new Cancellation()).missing(Rights.needed(helm)),
                    new CommandPlace(Optional.empty(), shop.name()));
        }
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(directory.resolve("asked")).stream().sorted().toList();
    }
}
