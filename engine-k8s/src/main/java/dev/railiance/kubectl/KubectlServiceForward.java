package dev.railiance.kubectl;

import dev.railiance.effect.ServiceForward;
import dev.railiance.process.Cancellation;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.time.Duration;
import java.util.Optional;

/**
 * Ways into a cluster by {@link PortForward}.
 *
 * @param context the kubeconfig's context; its current one when empty
 */
public record KubectlServiceForward(Kubectl kubectl, Optional<String> context) implements ServiceForward {

    @Override
    public Opening open(Service service, Duration opening, Duration lifetime, Cancellation cancellation) {
        PortForward forward;
        try {
            forward = new PortForward(
                    new ClusterNamespace(context, service.namespace()),
                    "service/" + service.name(),
                    service.port(),
                    lifetime);
        } catch (IllegalArgumentException e) {
            return new Opening.Failed("there can be no service of that name and port");
        }
        return switch (forward.open(kubectl, opening, cancellation)) {
            case Answer.Done<PortForward.Way> done -> new Opening.Opened(done.value());
            case Answer.NotDone<PortForward.Way> not ->
                switch (not.cause()) {
                    case TIMED_OUT -> new Opening.TimedOut(opening);
                    case INTERRUPTED -> new Opening.Cancelled();
                    default -> new Opening.Failed(not.reason());
                };
        };
    }
}
