package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code helm version}: which Helm this is.
 *
 * @param number for instance {@code 3.17.2}
 */
public record HelmVersion(int major, int minor, String number) {

    /** Asks; UNSUPPORTED when it is neither Helm 3 nor 4. */
    public static final HelmOperation<HelmVersion> ASK = new Ask();

    private static final Pattern FORM = Pattern.compile(
            "v?(([0-9]{1,4})\\.([0-9]{1,6})\\.[0-9]{1,6}(-[0-9A-Za-z.-]{1,40})?)" + "(\\+[0-9A-Za-z.-]{1,80})?");

    /** Reads {@code 3.17.2}, also with a {@code v} before it and what is known of the build after it. */
    static Optional<HelmVersion> parse(String printed) {
        Matcher matcher = FORM.matcher(printed.strip());
        return matcher.matches()
                ? Optional.of(new HelmVersion(
                        Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), matcher.group(1)))
                : Optional.empty();
    }

    private record Ask() implements HelmOperation<HelmVersion> {

        @Override
        public String name() {
            return "helm version";
        }

        /** The same for Helm 3 and 4, unlike {@code --short} and the default form; prints {@code v3.17.2}. */
        @Override
        public List<String> arguments() {
            return List.of("version", "--template", "{{.Version}}");
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(10);
        }

        @Override
        public int capture() {
            return 256;
        }

        @Override
        public Answer<HelmVersion> read(Captured stdout) {
            return parse(stdout.text())
                    .<Answer<HelmVersion>>map(version -> version.major() == 3 || version.major() == 4
                            ? Answer.done(version)
                            : Answer.notDone(
                                    Cause.UNSUPPORTED, "helm is version " + version.number() + ", needed is 3 or 4"))
                    .orElseGet(() -> Answer.notDone(Cause.UNREADABLE, "helm version told no version"));
        }

        @Override
        public Answer<HelmVersion> explain(int exitCode, Captured stdout, Captured stderr) {
            return Answer.notDone(Cause.REFUSED, "helm version ended with exit code " + exitCode);
        }
    }
}
