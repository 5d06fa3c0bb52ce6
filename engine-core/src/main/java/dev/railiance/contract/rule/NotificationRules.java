package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.schema.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about those who are told what happens. */
final class NotificationRules {

    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

    private NotificationRules() {}

    static Stream<Finding> addressesThatCanBe(Draft draft) {
        return addresses(draft)
                .filter(each -> uri(each).isEmpty())
                .map(each -> Finding.atValue(
                                FaultCode.NOTIFICATION_ADDRESS,
                                each.at("url"),
                                each.at("url") + " cannot be told anything")
                        .found(Shown.quoted(each.text("url").orElse("")))
                        .expected("an address with a host, a port from 1 to " + HIGHEST_PORT
                                + ", and neither user nor fragment"));
    }

    static Stream<Finding> encryptedOnTheWay(Draft draft) {
        return addresses(draft)
                .filter(each -> uri(each)
                        .filter(uri -> uri.getScheme().equals("http") && !OWN.contains(uri.getHost()))
                        .isPresent())
                .map(each -> Finding.atValue(
                                FaultCode.NOTIFICATION_UNENCRYPTED,
                                each.at("url"),
                                each.at("url") + " is told unencrypted")
                        .found(Shown.quoted(each.text("url").orElse("")))
                        .expected("https://, unless the network itself is trusted"));
    }

    private static Stream<Section> addresses(Draft draft) {
        // What is no such address at all is the schema's business.
        return draft.contract().sections("notifications").stream()
                .filter(each -> each.text("url")
                        .filter(url -> url.matches("https?://[^\\s/?#]+\\S*"))
                        .isPresent());
    }

    private static Optional<URI> uri(Section notification) {
        try {
            URI uri = new URI(notification.text("url").orElse(""));
            boolean port = uri.getPort() != 0 && uri.getPort() <= HIGHEST_PORT;
            return uri.getHost() != null && port && uri.getUserInfo() == null && uri.getFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
