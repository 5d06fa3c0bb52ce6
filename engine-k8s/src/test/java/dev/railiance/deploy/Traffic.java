package dev.railiance.deploy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Requests to a service of the cluster, some twenty in a second, each on a connection of its own; counted by what answered. */
final class Traffic implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Thread sender;
    private volatile boolean ended;

    /** Sends until it is closed. */
    Traffic(String url) {
        sender = Thread.ofPlatform().daemon().start(() -> {
            while (!ended) {
                answers.computeIfAbsent(answer(url), key -> new LongAdder()).increment();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    /** What answers to a request: its body, {@code 500} or another status, or {@code none}. */
    static String answer(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(5_000);
            if (connection.getResponseCode() != 200) {
                return Integer.toString(connection.getResponseCode());
            }
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "none";
        }
    }

    /** How often something has answered so far. */
    long count(String what) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getKey().contains(what))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    @Override
    public void close() {
        ended = true;
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
