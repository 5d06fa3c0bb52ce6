package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code helm upgrade --install --dry-run=server}: what the upgrade would apply, rendered with what the chart looks up in the
 * cluster and validated by the API server. Changes nothing; takes the same rights as the upgrade.
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
