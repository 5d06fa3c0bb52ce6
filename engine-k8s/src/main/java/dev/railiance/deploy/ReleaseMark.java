package dev.railiance.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.effect.Mark;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionId;
import dev.railiance.tool.Json;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what a release is known again: the description of its revision, and after a failure its values. */
record ReleaseMark(Optional<PromotionId> promotion, Optional<AttemptId> attempt) {

    static final ReleaseMark NONE = new ReleaseMark(Optional.empty(), Optional.empty());

    private static final String UUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

    private static final Pattern FORM =
            Pattern.compile("railiance promotion " + UUID + " attempt " + UUID + " weight [0-9]{1,3}");

    static String description(Mark mark) {
        return "railiance promotion " + mark.promotion() + " attempt " + mark.attempt() + " weight " + mark.weight();
    }

    static SortedMap<String, String> labels(Mark mark) {
        var labels = new TreeMap<String, String>();
        labels.put("railiance.dev/promotion", mark.promotion().value());
        labels.put("railiance.dev/attempt", mark.attempt().value());
        labels.put("railiance.dev/weight", String.valueOf(mark.weight()));
        return labels;
    }

    static Optional<ReleaseMark> ofDescription(Optional<String> description) {
        return description
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new ReleaseMark(
                        Optional.of(new PromotionId(matcher.group(1))), Optional.of(new AttemptId(matcher.group(2)))));
    }

    /** Values stay also where Helm replaces the description by its own words. */
    static ReleaseMark ofValues(JsonNode values) {
        JsonNode ours = values.path("railiance");
        return new ReleaseMark(
                Json.textAt(ours, "promotion").filter(ReleaseMark::isId).map(PromotionId::new),
                Json.textAt(ours, "attempt").filter(ReleaseMark::isId).map(AttemptId::new));
    }

    private static boolean isId(String text) {
        return text.matches(UUID);
    }
}
