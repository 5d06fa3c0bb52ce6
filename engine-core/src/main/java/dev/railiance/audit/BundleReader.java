package dev.railiance.audit;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the files of a bundle that anybody may have made. Nothing is unpacked to the disk; what is not known by name is
 * refused, and nothing is read beyond the length that a file of its name may have, whatever the archive says of it.
 */
final class BundleReader {

    private static final long LARGEST_ARCHIVE = 64L << 20;

    private BundleReader() {}

    static Outcome<SortedMap<String, byte[]>> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return invalid(file, Files.exists(file) ? "it is no file" : "there is no such file");
            }
            if (Files.size(file) > LARGEST_ARCHIVE) {
                return invalid(file, "it is larger than " + (LARGEST_ARCHIVE >> 20) + " MB");
            }
            try (var zip = new ZipFile(file.toFile())) {
                return read(file, zip);
            }
        } catch (NoSuchFileException e) {
            return invalid(file, "there is no such file");
        } catch (ZipException | IllegalArgumentException e) {
            return invalid(file, "it is no zip archive, or a broken one");
        } catch (IOException e) {
            return invalid(file, "it cannot be read");
        }
    }

    private static Outcome<SortedMap<String, byte[]>> read(Path file, ZipFile zip) throws IOException {
        if (zip.size() > Bundle.LARGEST.size()) {
            return invalid(file, "it has more files than a bundle can have");
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            Integer largest = Bundle.LARGEST.get(entry.getName());
            if (largest == null) {
                return invalid(file, "it has a file that no bundle has");
            }
            try (InputStream content = zip.getInputStream(entry)) {
                byte[] bytes = content.readNBytes(largest + 1);
                if (bytes.length > largest) {
                    return invalid(file, entry.getName() + " is larger than " + largest + " bytes");
                }
                if (files.put(entry.getName(), bytes) != null) {
                    return invalid(file, "it has " + entry.getName() + " twice");
                }
            }
        }
        return Outcome.done(files);
    }

    static <T> Outcome<T> invalid(Path file, String why) {
        return Outcome.notDone(new Failure(
                Code.BUNDLE_INVALID,
                "the bundle " + file + " cannot be used: " + why,
                "railiance audit export ID --file FILE"));
    }
}
