package dev.railiance.deploy;

import dev.railiance.effect.ClusterQuestion.SignedImage;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Operation;
import java.time.Duration;
import java.util.List;

/** {@code cosign verify}: whether an image carries a signature by this identity, from this issuer. */
record CosignVerify(SignedImage image) implements Operation<Boolean> {

    @Override
    public String name() {
        return "cosign verify";
    }

    @Override
    public List<String> argv() {
        return List.of(
                "cosign",
                "verify",
                "--certificate-identity=" + image.identity(),
                "--certificate-oidc-issuer=" + image.issuer(),
                image.reference());
    }

    @Override
    public Duration timeLimit() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean partial() {
        return true;
    }

    @Override
    public Answer<Boolean> read(Captured stdout) {
        return Answer.done(true);
    }

    /** A signature that cannot be verified is none. */
    @Override
    public Answer<Boolean> explain(int exitCode, Captured stdout, Captured stderr) {
        return Answer.notDone(
                Cause.REFUSED, "cosign verify ended with exit code " + exitCode + ": no such signature was verified");
    }
}
