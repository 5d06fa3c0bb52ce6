package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kubectl version}: which kubectl this is and, unless only that is asked, which Kubernetes the API server is.
 * UNREACHABLE when that does not answer.
 */
public record KubectlVersion(Optional<String> context, boolean clientOnly)
        implements KubectlOperation<KubectlVersion.Versions> {

    /** Versions, for instance {@code 1.31.0}; the server's only if it was asked. */
    public record Versions(String client, Optional<String> server) {
        static Versions of(JsonNode node) {
            return new Versions(
                    number(Json.text(node.path("clientVersion"), "gitVersion")),
                    Json.textAt(node.path("serverVersion"), "gitVersion").map(Versions::number));
        }

        private static String number(String version) {
            if (!version.matches("v?[0-9]{1,4}\\.[0-9]{1,6}\\.[0-9]{1,6}([-+][-+0-9A-Za-z.]{1,80})?")) {
                throw new Json.Odd();
            }
            return version.startsWith("v") ? version.substring(1) : version;
        }
    }

    @Override
    public String name() {
        return "kubectl version";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("version", "--output=json"));
        if (clientOnly) {
            arguments.add("--client");
        }
        arguments.addAll(KubectlOperation.place(context));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Versions> read(Captured stdout) {
        return Json.read(this, stdout, Versions::of);
    }
}
