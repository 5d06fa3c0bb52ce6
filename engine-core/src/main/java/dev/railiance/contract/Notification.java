package dev.railiance.contract;

import dev.railiance.contract.value.LocalSecret;
import java.util.Set;

/**
 * Somebody who is told what happens to the application's promotions.
 *
 * @param name what people and documents call this; unique
 * @param url an http or https address that takes CloudEvents
 * @param secret what is sent is signed with it
 * @param events those that are told, by their names in the ledger
 */
public record Notification(String name, String url, LocalSecret secret, Set<String> events) {

    private static final String SECTION = "notifications";

    public Notification {
        events = Set.copyOf(events);
    }

    /** Whether a contract's text may declare one; certain only where not. */
    public static boolean maybeIn(String contract) {
        return contract.contains(SECTION);
    }

    /** Whether this event is one that is told. */
    public boolean wants(String event) {
        return events.contains(event);
    }
}
