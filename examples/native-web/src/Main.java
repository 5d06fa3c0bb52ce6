import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the nth prime number. It is ready once it has made its table of primes. */
public final class Main {

    private static final int LIMIT = 5_000_000;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final AtomicLong requests = new AtomicLong();
    private volatile int[] primes;

    private Main(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(workers);
        server.createContext("/", this::page);
        server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ok\n"));
        server.createContext("/readyz", this::ready);
        server.createContext("/metrics", this::metrics);
    }

    public static void main(String[] args) throws Exception {
        Main main = start(Integer.parseInt(System.getenv().getOrDefault("PORT", "18480")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.stop();
            System.out.println("stopped");
        }));
        System.out.println("listening on port " + main.port());
    }

    /** Listens at once, port 0 being any that is free, and warms up beside. */
    public static Main start(int port) throws IOException {
        Main main = new Main(port);
        main.server.start();
        main.workers.execute(() -> main.primes = sieve(LIMIT));
        return main;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Takes no new request, and gives those under way a second. */
    public void stop() {
        workers.shutdown();
        server.stop(0);
        try {
            workers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All primes below the limit, in order. */
    public static int[] sieve(int limit) {
        BitSet composite = new BitSet(limit);
        for (int i = 2; (long) i * i < limit; i++) {
            if (!composite.get(i)) {
                for (int j = i * i; j < limit; j += i) {
                    composite.set(j);
                }
            }
        }
        return java.util.stream.IntStream.range(2, limit).filter(i -> !composite.get(i)).toArray();
    }

    private void ready(HttpExchange exchange) throws IOException {
        if (primes == null) {
            answer(exchange, 503, "text/plain", "warming up\n");
        } else {
            answer(exchange, 200, "text/plain", "ready\n");
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        int[] table = primes;
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, "text/plain", "no such page\n");
        } else if (table == null) {
            answer(exchange, 503, "text/plain", "warming up\n");
        } else {
            prime(exchange, table);
        }
    }

    private static void prime(HttpExchange exchange, int[] table) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String wanted = query != null && query.startsWith("n=") ? query.substring(2) : "1";
        if (!wanted.matches("[1-9][0-9]{0,8}") || Integer.parseInt(wanted) > table.length) {
            answer(exchange, 400, "text/plain", "n is a number from 1 to " + table.length + "\n");
            return;
        }
        answer(exchange, 200, "text/html; charset=utf-8", "<!doctype html><title>Primes</title>\n<p>Prime number "
                + wanted + " is " + table[Integer.parseInt(wanted) - 1] + ".</p>\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "text/plain; version=0.0.4", "# TYPE page_requests_total counter\n"
                + "page_requests_total " + requests.get() + "\n"
                + "# TYPE ready gauge\n"
                + "ready " + (primes == null ? 0 : 1) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
