package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code helm upgrade --install --dry-run=server}: what the upgrade would apply, rendered with what the chart looks up in the
 * cluster. Changes nothing. Helm itself holds the objects against the kinds and the schema that the API server tells; what the
 * API server itself would say to them, only {@code kubectl apply --dry-run=server} finds out. Takes the right to read releases.
 */
public record HelmDryRun(HelmUpgrade upgrade) implements HelmOperation<Manifests> {

    @Override
    public String name() {
        return "helm upgrade --dry-run";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(upgrade.change());
        arguments.addAll(List.of("--dry-run=server", "--output=json"));
        return List.copyOf(arguments);
    }

    @Override
    public Duration timeLimit() {
        return upgrade.timeLimit();
    }

    @Override
    public int capture() {
        return HelmUpgrade.RELEASE_CAPTURE;
    }

    @Override
    public Answer<Manifests> read(Captured stdout) {
        return Json.read(this, stdout, release -> new Manifests(Json.text(release, "manifest")));
    }
}
