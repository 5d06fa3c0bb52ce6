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

    /** Where credentials of registries, the way to them and another root of trust are found. */
    static final List<String> ENVIRONMENT = List.of(
            "DOCKER_CONFIG",
            "REGISTRY_AUTH_FILE",
            "XDG_RUNTIME_DIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "TUF_ROOT",
            "TUF_MIRROR",
            "SIGSTORE_ROOT_FILE",
            "SIGSTORE_REKOR_PUBLIC_KEY",
            "SIGSTORE_CT_LOG_PUBLIC_KEY_FILE");

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
                image.image() + "@" + image.digest().orElseThrow());
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
