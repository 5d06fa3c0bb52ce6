package dev.railiance.stage1;

import dev.railiance.contract.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a regular file is there and long enough; only its attributes are read, so no odd file can block this. */
final class FileCheck {

    private FileCheck() {}

    static Finding make(Check.File check, Repository repository) {
        Optional<Path> declared = repository.plain(check.path());
        if (declared.isEmpty()) {
            return Finding.errored("the path leads out of the repository");
        }
        if (!Files.exists(declared.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Finding.failed("no such file");
        }
        Optional<Path> file = repository.followed(declared.get());
        if (file.isEmpty()) {
            return Finding.errored("a link that leads nowhere, or out of the repository");
        }
        if (!Files.isRegularFile(file.get())) {
            return Finding.failed("not a regular file");
        }
        try {
            long bytes = Files.size(file.get());
            return bytes >= check.minBytes()
                    ? Finding.PASSED
                    : Finding.failed(bytes + " bytes, expected at least " + check.minBytes());
        } catch (IOException e) {
            return Finding.errored("the file could not be read");
        }
    }
}
