package dev.railiance.ledger.postgresql;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, out of a jar on the test class path, and a way to run them as somebody who is not root. */
final class PostgresPrograms {

    private static final int BLOCK = 512;

    /** PostgreSQL refuses to run as root. Both ways need no account: the first one real root, the second one a kernel that permits it. */
    private static final List<List<String>> WAYS_DOWN = List.of(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), List.of("unshare", "--user"));

    private PostgresPrograms() {}

    /** Unpacks the programs for this machine. */
    static void unpack(Path directory) throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> "";
        };
        InputStream packed =
                PostgresPrograms.class.getResourceAsStream("/postgres-" + system + "-" + processor + ".txz");
        if (packed == null) {
            throw new IOException("there is no PostgreSQL for this kind of machine on the class path");
        }
        try (DataInputStream tar = new DataInputStream(new BufferedInputStream(new XZInputStream(packed)))) {
            untar(tar, directory);
        }
    }

    /** A tar is a row of headers of 512 bytes, each with content padded to as many. */
    private static void untar(DataInputStream tar, Path directory) throws IOException {
        byte[] header = new byte[BLOCK];
        for (tar.readFully(header); header[0] != 0; tar.readFully(header)) {
            Path target = directory.resolve(text(header, 0, 100)).normalize();
            if (!target.startsWith(directory)) {
                throw new IOException("an entry that lies outside");
            }
            long size = Long.parseLong(text(header, 124, 12).strip(), 8);
            Files.createDirectories(target.getParent());
            switch (header[156]) {
                case '5' -> Files.createDirectories(target);
                case '2' -> Files.createSymbolicLink(target, Path.of(text(header, 157, 100)));
                case '0' -> {
                    try (var out = Files.newOutputStream(target)) {
                        for (long left = size; left > 0; ) {
                            byte[] some = tar.readNBytes((int) Math.min(left, 1 << 16));
                            out.write(some);
                            left -= some.length;
                        }
                    }
                    boolean program = text(header, 100, 8).contains("7");
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                    tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                }
                default -> throw new IOException("an entry of a kind that was not expected");
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    /** What goes before a command so that it does not run as root. */
    static List<String> unprivileged() throws IOException {
        if (!id(List.of()).equals("0")) {
            return List.of();
        }
        for (List<String> way : WAYS_DOWN) {
            if (!List.of("", "0").contains(id(way))) {
                return way;
            }
        }
        throw new IOException("this is root, whom PostgreSQL refuses, and there is no way to be somebody else");
    }

    private static String id(List<String> before) throws IOException {
        Process process = new ProcessBuilder(concat(before, List.of("id", "-u")))
                .redirectErrorStream(true)
                .start();
        try (var out = process.inputReader(StandardCharsets.US_ASCII)) {
            String said = String.valueOf(out.readLine());
            return said.matches("\\d+") ? said : "";
        }
    }

    static List<String> concat(List<String> one, List<String> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }
}
