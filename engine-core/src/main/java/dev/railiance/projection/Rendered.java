package dev.railiance.projection;

import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Step;
import java.util.Locale;
import java.util.Optional;

/** The parts that several documents share, in the form that they have in JSON. */
public final class Rendered {

    private Rendered() {}

    /** A constant as documents spell it: {@code CANARY_DEPLOYED} is {@code canary-deployed}. */
    public static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A check with its verdict. */
    public record Check(String name, String kind, String verdict, long durationMs, Optional<String> reason) {

        static Check of(Step step) {
            return new Check(
                    step.name(),
                    spelled(step.kind()),
                    spelled(step.verdict()),
                    step.duration().toMillis(),
                    step.reason());
        }
    }

    /** An evidence file. */
    public record Evidence(String path, String digest, long bytes) {

        static Evidence of(EvidenceFile file) {
            return new Evidence(file.path(), file.digest().value(), file.bytes());
        }
    }

    /** What moves through the stages. */
    public record Moved(
            String digest,
            String revision,
            boolean dirty,
            Optional<String> contentDigest,
            Optional<String> image,
            Optional<String> imageDigest) {

        /** The artifact in this form. */
        public static Moved of(Artifact artifact) {
            return new Moved(
                    artifact.digest().value(),
                    artifact.revision(),
                    artifact.dirty(),
                    artifact.content().map(Digest::value),
                    artifact.image(),
                    artifact.imageDigest().map(Digest::value));
        }
    }

    /** What to do next. */
    public record NextStep(String command, String why) {

        /** The step that follows from a phase. */
        public static NextStep of(dev.railiance.promotion.Phase phase, PromotionId id) {
            var next = dev.railiance.promotion.NextStep.of(phase, id);
            return new NextStep(next.command(), next.why());
        }
    }

    /** The plan of Stage 1: fixed by the artifact and the contract, so equal inputs give an equal digest. */
    static Digest stage1Plan(Moved artifact, Digest contract) {
        return Digest.ofParts("plan.stage1.v1", artifact.digest(), contract.value());
    }
}
