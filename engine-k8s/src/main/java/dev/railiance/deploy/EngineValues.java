package dev.railiance.deploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.effect.Deployer.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The values that the engine sets with every release; they outweigh all others. No secret is among them. */
final class EngineValues {

    private static final JsonMapper MAPPER = new JsonMapper();

    private EngineValues() {}

    static byte[] of(Deployment deployment) {
        ObjectNode values = MAPPER.createObjectNode();
        values.putObject("railiance")
                .put("track", deployment.track().name().toLowerCase(Locale.ROOT))
                .put("promotion", deployment.mark().promotion().value())
                .put("attempt", deployment.origin().value())
                .put("artifact", deployment.mark().artifact().value())
                .put("weight", deployment.mark().weight());
        deployment.image().ifPresent(image -> {
            ObjectNode node = values.putObject("image").put("repository", image.repository());
            image.tag().ifPresent(tag -> node.put("tag", tag));
            image.digest().ifPresent(digest -> node.put("digest", digest));
        });
        deployment.replicas().ifPresent(replicas -> values.put("replicaCount", replicas));
        return values.toString().getBytes(StandardCharsets.UTF_8);
    }
}
