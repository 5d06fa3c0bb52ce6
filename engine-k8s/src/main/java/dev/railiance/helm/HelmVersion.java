package dev.railiance.helm;

import dev.railiance.effect.ChartRenderer.Availability;
import dev.railiance.process.ProcessOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code helm version}: which Helm this is. The place for what sets Helm 3 and 4 apart. */
record HelmVersion(int major, String number) {

    /** The same for Helm 3 and 4, unlike {@code --short} and the default form; prints {@code v3.17.2}. */
    static final Helm.Call CALL =
            new Helm.Call(List.of("version", "--template", "{{.Version}}"), Duration.ofSeconds(10), 256);

    private static final Pattern FORM = Pattern.compile(
            "v?(([0-9]{1,4})\\.[0-9]{1,6}\\.[0-9]{1,6}(-[0-9A-Za-z.-]{1,40})?)" + "(\\+[0-9A-Za-z.-]{1,80})?");

    static Optional<HelmVersion> parse(String printed) {
        Matcher matcher = FORM.matcher(printed.strip());
        return matcher.matches()
                ? Optional.of(new HelmVersion(Integer.parseInt(matcher.group(2)), matcher.group(1)))
                : Optional.empty();
    }

    static Availability availability(ProcessOutcome outcome) {
        return switch (outcome) {
            case ProcessOutcome.Exited exited ->
                exited.code() == 0
                        ? supported(exited.stdout().text())
                        : new Availability.Unusable("helm version ended with exit code " + exited.code());
            case ProcessOutcome.TimedOut late ->
                new Availability.Unusable(
                        "helm version did not end within " + late.limit().toSeconds() + " s");
            case ProcessOutcome.Cancelled cancelled -> new Availability.Unusable("interrupted");
            case ProcessOutcome.Unstopped unstopped ->
                new Availability.Unusable("something that helm started could not be stopped and may still run");
            case ProcessOutcome.NotStarted notStarted ->
                notStarted.reason() == ProcessOutcome.Reason.NOT_FOUND
                        ? new Availability.Missing()
                        : new Availability.Unusable("helm could not be started");
        };
    }

    private static Availability supported(String printed) {
        return parse(printed)
                .map(version -> version.major() == 3 || version.major() == 4
                        ? new Availability.Available(version.number())
                        : new Availability.Unusable("helm is version " + version.number() + ", needed is 3 or 4"))
                .orElseGet(() -> new Availability.Unusable("helm version told no version"));
    }
}
