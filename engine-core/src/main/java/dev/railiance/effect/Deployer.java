package dev.railiance.effect;

import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.TrafficShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Brings releases of one app to one namespace of a cluster, and says what is there. Made for one piece of work and closed
 * after it. Never throws for what a tool or a cluster can cause: then a failure says so, in the adapter's own words and never
 * in those of a tool.
 */
public interface Deployer extends AutoCloseable {

    /** Where commands of tools work on what this one deploys. */
    CommandPlace place();

    /** What a deployment needs beside a release, each looked at; nothing is changed. */
    ClusterExamination examine(ClusterQuestion question);

    /** The kubeconfig's context that everything goes to. */
    Outcome<String> context();

    /** The exact argument lists with which a deployment would be applied. */
    List<List<String>> invocations(Deployment deployment);

    /**
     * The objects that a deployment would make; nothing is changed.
     *
     * @param byServer whether the API server is asked to check them too
     */
    Outcome<List<ClusterObject>> render(Deployment deployment, boolean byServer);

    /** The objects of a release as they were last applied; none where there is no such release. */
    Outcome<List<ClusterObject>> objects(String release);

    /** The same of one of its revisions. */
    Outcome<List<ClusterObject>> objects(String release, int revision);

    /** The revisions that are still kept of a release, the oldest first; none where there is no such release. */
    Outcome<List<KeptRevision>> history(String release);

    /** The newest revision of a release. */
    Outcome<ReleaseState> state(String release);

    /** The same of several at once, in their order. */
    List<Outcome<ReleaseState>> states(List<String> releases);

    /**
     * Makes a release what a deployment says, without waiting for its workloads. A failure does not mean that nothing
     * changed: {@link #state} tells.
     */
    Outcome<ReleaseState.Present> apply(Deployment deployment);

    /**
     * How long a call that changes a release is let run; whoever makes it ends it then. Beyond that it has died, or nobody is
     * left who ends it.
     *
     * @param timeout for each thing that it waits for, such as a hook
     */
    Duration longest(Duration timeout);

    /** Takes the mark of a dead operation off a release, so that it can be changed again. */
    Outcome<ReleaseState> repair(String release);

    /**
     * Makes a release what an older revision of it was, without waiting for its workloads; also out of a pending state. A
     * failure does not mean that nothing changed: {@link #state} tells.
     */
    Outcome<ReleaseState> rollBack(String release, int revision, Duration timeout);

    /**
     * One look at the workloads of a release.
     *
     * @param closely also at the pods and events that tell why it is not ready, or never will be
     */
    Outcome<RolloutLook> rollout(String release, boolean closely);

    /** The pods of a release as they are; a failure where there is no such release. */
    Outcome<ReleasePods> pods(String release);

    /** Removes a release and waits until its objects are gone; whether there was anything to remove. */
    Outcome<Boolean> remove(String release, Duration timeout);

    /** How many pods the stable release asks for; empty where there is none. */
    Outcome<OptionalInt> replicas(String release);

    /** The canary's share of the traffic as it really is. */
    Outcome<TrafficShare> share(TrafficRoute route);

    @Override
    void close();

    /**
     * A release to be made.
     *
     * @param release its name
     * @param chart an absolute directory or an {@code oci://} reference
     * @param values absolute paths; a later one outweighs an earlier one, and what the engine sets outweighs them all
     * @param mark by which the release is known
     * @param origin the attempt that its pods carry: they are not made anew for an attempt that changes their number
     * @param image what to run, where the contract names it
     * @param replicas how many pods; as the values say where empty
     * @param subchart the chart within the chart that image and replicas are handed to as well, where the contract names one
     * @param timeout for the whole of it
     */
    record Deployment(
            String release,
            Track track,
            String chart,
            List<Path> values,
            Mark mark,
            AttemptId origin,
            Optional<Image> image,
            OptionalInt replicas,
            Optional<String> subchart,
            Duration timeout) {

        public Deployment {
            values = List.copyOf(values);
        }
    }

    /**
     * A revision of a release that is kept.
     *
     * @param sound whether it was deployed once, rather than failed or left halfway
     */
    record KeptRevision(int number, boolean sound) {}

    /** A container image. */
    record Image(String repository, Optional<String> tag, Optional<String> digest) {}

    /** What a release of an app is there for. */
    enum Track {
        STABLE,
        CANARY,
        /** The entry for traffic and nothing else. */
        ROUTING
    }
}
