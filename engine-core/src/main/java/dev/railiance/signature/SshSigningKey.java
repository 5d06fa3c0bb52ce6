package dev.railiance.signature;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** An SSH key, which signs through {@code ssh-keygen} and, where the file holds the public key, through the agent. */
final class SshSigningKey implements SigningKey {

    /** A key on a token waits for a finger. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LARGEST_MESSAGE_OF_TOOL = 4_096;

    private final Path key;
    private final Supplier<Processes> processes;
    private final Map<String, String> environment;

    SshSigningKey(Path key, Supplier<Processes> processes, Map<String, String> environment) {
        this.key = key;
        this.processes = processes;
        var chosen = new TreeMap<>(AllowedEnvironment.of(environment, List.of("SSH_AUTH_SOCK")));
        // Nobody is asked for a passphrase: a key that has one is used through the agent.
        chosen.put("SSH_ASKPASS", "false");
        chosen.put("SSH_ASKPASS_REQUIRE", "force");
        this.environment = Map.copyOf(chosen);
    }

    @Override
    public Outcome<Signed> sign(byte[] message, String namespace) {
        try {
            Path directory = Files.createTempDirectory("railiance-sign");
            Path file = directory.resolve("message");
            Path signature = directory.resolve("message.sig");
            try {
                Files.write(file, message);
                return carryOut(directory, namespace).then(done -> read(signature, message, namespace));
            } finally {
                Files.deleteIfExists(signature);
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            return Outcome.notDone(
                    failed("the temporary directory cannot be written to", "free some space and try again"));
        }
    }

    private Outcome<Path> carryOut(Path directory, String namespace) {
        ProcessOutcome outcome = processes
                .get()
                .run(
                        new ProcessRequest(
                                List.of("ssh-keygen", "-Y", "sign", "-f", key.toString(), "-n", namespace, "message"),
                                directory,
                                environment,
                                PATIENCE,
                                Duration.ofSeconds(2),
                                LARGEST_MESSAGE_OF_TOOL,
                                OutputSink.NONE),
                        new Cancellation());
        return switch (outcome) {
            case ProcessOutcome.Exited exited when exited.code() == 0 -> Outcome.done(directory);
            case ProcessOutcome.Exited exited ->
                Outcome.notDone(failed(
                        "ssh-keygen would not sign with " + key + " (exit code " + exited.code() + ")",
                        "load a key with a passphrase into ssh-agent, and name its .pub file"));
            case ProcessOutcome.NotStarted missing ->
                Outcome.notDone(failed(
                        "an SSH key needs ssh-keygen, which could not be started",
                        "install OpenSSH, or sign with an Ed25519 key in PEM: openssl genpkey -algorithm ed25519"));
            case ProcessOutcome.TimedOut late ->
                Outcome.notDone(failed("ssh-keygen did not sign within " + PATIENCE.toSeconds() + " s", "try again"));
            case ProcessOutcome.Unstopped left ->
                Outcome.notDone(failed("ssh-keygen could not be stopped", "look for it with ps, then try again"));
            case ProcessOutcome.Cancelled cancelled -> Outcome.notDone(failed("signing was interrupted", "try again"));
        };
    }

    /** What the tool wrote is believed only when it holds. */
    private static Outcome<Signed> read(Path file, byte[] message, String namespace) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            SshSignature signature = SshSignature.read(new String(bytes, StandardCharsets.ISO_8859_1));
            if (signature.over(message, namespace)) {
                return Outcome.done(new Signed(bytes, signature.key().fingerprint(), true));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.notDone(failed("ssh-keygen left no signature that can be read", "use another key"));
        }
        return Outcome.notDone(failed("ssh-keygen left a signature that does not hold", "use another key"));
    }

    private static Failure failed(String message, String hint) {
        return new Failure(Code.SIGNING_FAILED, message, hint);
    }

    @Override
    public String toString() {
        return "SshSigningKey[" + key + "]";
    }
}
