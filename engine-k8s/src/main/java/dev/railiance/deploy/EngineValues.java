package dev.railiance.deploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.Deployer.Track;
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
                .put("workload", deployment.track() != Track.ROUTING)
                .put("promotion", deployment.mark().promotion().value())
                .put("attempt", deployment.origin().value())
                .put("artifact", deployment.mark().artifact().value())
                .put("weight", deployment.mark().weight());
        workload(values, deployment);
        deployment.subchart().ifPresent(name -> workload(values.putObject(name), deployment));
        return values.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void workload(ObjectNode values, Deployment deployment) {
        deployment.image().ifPresent(image -> {
            ObjectNode node = values.putObject("image").put("repository", image.repository());
            image.tag().ifPresent(tag -> node.put("tag", tag));
            image.digest().ifPresent(digest -> node.put("digest", digest));
        });
        deployment.replicas().ifPresent(replicas -> values.put("replicaCount", replicas));
    }
}
