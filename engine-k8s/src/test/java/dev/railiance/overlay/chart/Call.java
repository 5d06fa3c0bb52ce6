package dev.railiance.overlay.chart;

import dev.railiance.helm.RealHelm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a real program answered, both streams in one. */
record Call(int exitCode, String output) {

    static final Path TEMPLATE = Path.of("src/main/resources/dev/railiance/overlay/template");
    static final Path RESOURCES = Path.of("src/test/resources/dev/railiance/overlay/chart");
    static final List<String> ROUTERS = List.of("none", "traefik", "gateway-api", "replicas");
    static final List<String> TRACKS = List.of("stable", "canary", "routing");

    /** Helm 3, and Helm 4 where the environment names it. */
    static List<Path> helms(Path scratch) throws IOException {
        List<Path> found = new ArrayList<>();
        RealHelm.three().ifPresent(bin -> found.add(bin.resolve("helm")));
        RealHelm.four(scratch).ifPresent(bin -> found.add(bin.resolve("helm")));
        return found;
    }

    static Call of(List<String> argv) throws IOException, InterruptedException {
        Path output = Files.createTempFile("call", ".txt");
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(argv.getFirst() + " did not end within 60 s");
            }
            return new Call(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Renders the app as one track, with a quarter of the traffic at the canary. */
    static Call template(Path helm, Path chart, String app, String router, String track, String... more)
            throws IOException, InterruptedException {
        boolean workload = !track.equals("routing");
        List<String> argv = new ArrayList<>(
                List.of(helm.toString(), "template", track.equals("stable") ? "shop" : "shop-" + track));
        argv.addAll(List.of(
                chart.toString(),
                "-f",
                RESOURCES.resolve("apps/" + app + ".yaml").toString()));
        String settings = "routing.router=" + router + ",railiance.track=" + track + ",railiance.weight=25"
                + (app.equals("wrapped") ? ",railiance.workload=" + workload : "");
        argv.addAll(List.of("--set", settings));
        argv.addAll(List.of(more));
        return of(argv);
    }
}
