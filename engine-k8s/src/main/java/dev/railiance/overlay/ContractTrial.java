package dev.railiance.overlay;

import dev.railiance.contract.ContractReader;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Severity;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No overlay is made whose contract would be refused: what looks like a secret, say, passes the forms of the words. */
final class ContractTrial {

    private static final String CONTRACT = "railiance/app.toml";
    private static final String SIGNERS = "railiance/allowed_signers";

    private ContractTrial() {}

    /** Why the contract among these files would not hold; that it lacks an image, its owner is told by {@code validate}. */
    static Optional<Failure> of(OverlayArguments arguments, Map<String, String> files) throws IOException {
        Path scratch = Files.createTempDirectory("railiance-overlay");
        Path folder = scratch.resolve("railiance");
        try {
            Files.createDirectory(folder);
            for (String path : List.of(CONTRACT, SIGNERS)) {
                Files.writeString(scratch.resolve(path), files.getOrDefault(path, ""));
            }
            return new ContractReader()
                    .read(scratch.resolve(CONTRACT), scratch).faults().stream()
                            .filter(fault -> fault.severity() == Severity.ERROR)
                            .filter(fault -> !arguments.lacksImage() || fault.code() != FaultCode.IMAGE_NEEDED)
                            .findFirst()
                            .map(fault -> new Failure(
                                    Code.CONTRACT_INVALID,
                                    "with these arguments the contract would not hold: " + fault.path() + " "
                                            + fault.message(),
                                    "railiance help create-overlay"));
        } finally {
            for (Path left : List.of(scratch.resolve(CONTRACT), scratch.resolve(SIGNERS), folder, scratch)) {
                Files.deleteIfExists(left);
            }
        }
    }
}
