package dev.railiance.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may sign with which key, read from OpenSSH's {@code allowed_signers}. A line with something that is not understood
 * allows nothing. What {@code ssh-keygen -Y verify} refuses is not allowed here.
 *
 * @param lines those that were understood
 */
record AllowedSigners(List<AllowedSigner> lines) {

    AllowedSigners {
        lines = List.copyOf(lines);
    }

    static AllowedSigners parse(String text) {
        var lines = new ArrayList<AllowedSigner>();
        // Only \n ends a line, as it does for OpenSSH: what it takes for one comment must be one here.
        for (String ended : text.split("\n", -1)) {
            String line = ended.endsWith("\r") ? ended.substring(0, ended.length() - 1) : ended;
            if (!comment(line)) {
                line(line).ifPresent(lines::add);
            }
        }
        return new AllowedSigners(lines);
    }

    /** Who made this signature; empty if it is nobody's who may sign for its purpose now. */
    Optional<String> principal(SshSignature signature, Instant now) {
        return lines.stream()
                .filter(line -> line.allows(signature, now))
                .map(line -> line.name(signature.signer()))
                .findFirst();
    }

    private static boolean comment(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#");
    }

    private static Optional<AllowedSigner> line(String line) {
        try {
            return Optional.of(AllowedSigner.read(line));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
