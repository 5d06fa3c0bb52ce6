import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.tools.ToolProvider;

/** Compiles the service, starts it on a free port and asks it. Run from the directory above: java test/SmokeTest.java */
public final class SmokeTest {

    private static int passed;

    public static void main(String[] args) throws Exception {
        Path classes = Files.createDirectories(Path.of("target/classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "src/Main.java");
        expect("the service compiles", compiled, 0);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> main = loader.loadClass("Main");
            int[] primes = (int[]) main.getMethod("sieve", int.class).invoke(null, 30);
            expect("primes below 30", Arrays.toString(primes), "[2, 3, 5, 7, 11, 13, 17, 19, 23, 29]");
            Object service = main.getMethod("start", int.class).invoke(null, 0);
            String root = "http://127.0.0.1:" + main.getMethod("port").invoke(service);
            try {
                ask(root);
            } finally {
                main.getMethod("stop").invoke(service);
            }
        }
        Files.writeString(Path.of("target/smoke-test.txt"), passed + " expectations held\n");
        System.out.println(passed + " expectations held");
    }

    private static void ask(String root) throws Exception {
        expect("it lives at once", status(root + "/healthz"), 200);
        for (int i = 0; i < 500 && status(root + "/readyz") != 200; i++) {
            Thread.sleep(10);
        }
        expect("it is ready in the end", status(root + "/readyz"), 200);
        expect("the 1000th prime", body(root + "/?n=1000").contains("is 7919."), true);
        expect("no zeroth prime", status(root + "/?n=0"), 400);
        expect("no other page", status(root + "/other"), 404);
        expect("page requests are counted", body(root + "/metrics").contains("page_requests_total 3\n"), true);
    }

    private static int status(String url) throws IOException {
        return open(url).getResponseCode();
    }

    private static String body(String url) throws IOException {
        return new String(open(url).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static HttpURLConnection open(String url) throws IOException {
        return (HttpURLConnection) URI.create(url).toURL().openConnection();
    }

    private static void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": " + actual + ", expected " + expected);
        }
        passed++;
    }
}
