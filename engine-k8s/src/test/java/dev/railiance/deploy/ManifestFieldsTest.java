package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.railiance.effect.ClusterObject;
import dev.railiance.helm.Manifests;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage2.ObjectChange.FieldChange;
import dev.railiance.tool.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two manifests differ in is told field by field, and no secret is told. */
class ManifestFieldsTest {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: shop, annotations: { example.org/team: web } }
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                    - name: shop
                      image: "registry.example.org/web/shop:1.0.0"
                      args: [--verbose]
                      env: [{ name: GREETING, value: hello }]
            """;

    @Test
    void itemsOfListsAreToldByTheirNames() {
        assertEquals(
                List.of(
                        changed("metadata.annotations[example.org/team]", "web", "shop"),
                        changed("spec.replicas", "1", "3"),
                        changed(
                                "spec.template.spec.containers[shop].image",
                                "registry.example.org/web/shop:1.0.0",
                                "registry.example.org/web/shop:1.1.0")),
                between(
                        WEB,
                        WEB.replace("replicas: 1", "replicas: 3")
                                .replace("1.0.0", "1.1.0")
                                .replace("team: web", "team: shop")));
    }

    @Test
    void whatIsNewAndWhatGoesIsTold() {
        assertEquals(
                List.of(
                        new FieldChange("spec.paused", Optional.empty(), Optional.of("true")),
                        new FieldChange("spec.replicas", Optional.of("1"), Optional.empty())),
                between(WEB, WEB.replace("replicas: 1", "paused: true")));
    }

    @Test
    void itemsOfOneNameAreToldByTheirPlaces() {
        String pod =
                "kind: Pod\nmetadata: { name: shop }\nspec: { mounts: [{ name: c, at: /a }, { name: c, at: /b }] }\n";
        assertEquals(List.of(changed("spec.mounts[0].at", "/a", "/x")), between(pod, pod.replace("/a", "/x")));
    }

    @Test
    void aTextOfSeveralLinesIsCounted() {
        String map = "kind: ConfigMap\nmetadata: { name: shop }\ndata: { motd: \"a\\nb\" }\n";
        assertEquals(
                List.of(changed("data.motd", "(2 lines)", "(3 lines)")), between(map, map.replace("b\"", "b\\nc\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Secret\nmetadata: { name: shop }\ndata: { key: s3cr3t }",
                "kind: Secret\nmetadata: { name: shop }\nstringData: { nested.key: s3cr3t }",
                "kind: List\nmetadata: { name: shop }\nitems: [{ kind: Secret, data: { key: s3cr3t } }]",
                "kind: SecretList\nmetadata: { name: shop }\nitems: [{ data: { key: s3cr3t } }]",
                "kind: ConfigMap\nmetadata: { name: shop }\ndata: { db-password: s3cr3t }",
                "kind: ConfigMap\nmetadata: { name: shop }\ndata: { url: \"postgres://shop:s3cr3t@db/shop\" }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: a, env: [{ name: X, value: s3cr3t }] }] }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: a, args: [--password, s3cr3t] }] }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: a, args: [\"--token=s3cr3t\"] }] }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: a, command: [sh, -c, \"API_KEY=s3cr3t exec x\"] }] }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { httpHeaders: [{ name: Authorization, value: s3cr3t }] }",
                "kind: Pod\nmetadata: { name: shop }\nspec: { httpGet: { path: \"/x?token=s3cr3t\" } }",
                "kind: Middleware\nmetadata: { name: shop }\nspec: { headers: { Authorization: s3cr3t } }",
                "kind: Middleware\nmetadata: { name: shop }\nspec: { headers: { X-Any: \"Bearer s3cr3t\" } }",
                "kind: ConfigMap\nmetadata: { name: shop }\ndata: { DB_PASS: s3cr3t }",
                "kind: ConfigMap\nmetadata: { name: shop }\ndata: { db: \"password: s3cr3t\" }",
                "kind: ConfigMap\nmetadata: { name: shop }\ndata: { cfg.json: '{\"password\":\"s3cr3t\"}' }"
            })
    void aSecretThatChangesIsToldToChangeAndNotShown(String manifest) {
        List<FieldChange> told = between(manifest, manifest.replace("s3cr3t", "s3cr3t2"));
        assertEquals(1, told.size());
        assertFalse(told.toString().contains("s3cr3t"), told::toString);
        assertEquals(Optional.of("(not shown)"), told.getFirst().after());
    }

    private static FieldChange changed(String path, String before, String after) {
        return new FieldChange(path, Optional.of(before), Optional.of(after));
    }

    private static List<FieldChange> between(String before, String after) {
        return ObjectChange.between("shop", objects(before), objects(after))
                .getFirst()
                .fields();
    }

    private static List<ClusterObject> objects(String yaml) {
        return switch (ManifestReader.objects(new Manifests(yaml))) {
            case Answer.Done<List<ClusterObject>> done -> done.value();
            case Answer.NotDone<List<ClusterObject>> not -> throw new AssertionError(not.reason());
        };
    }
}
