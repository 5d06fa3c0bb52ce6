package dev.railiance.stage2;

import dev.railiance.process.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What commands of helm that people are given to paste say of a chart. */
final class ChartOptions {

    private ChartOptions() {}

    /** The chart and its values files. */
    static String chart(String chart, List<Path> values) {
        var options = new StringBuilder(" ").append(ShellWord.of(chart));
        values.forEach(file -> options.append(" --values ").append(ShellWord.of(file.toString())));
        return options.toString();
    }

    /** The image, as the engine sets it: a tag may look like a number and stays a text. */
    static String image(
            Optional<String> repository, Optional<String> tag, Optional<String> digest, Optional<String> subchart) {
        List<String> set = new ArrayList<>();
        List<String> charts = new ArrayList<>(List.of(""));
        subchart.ifPresent(name -> charts.add(name + "."));
        for (String chart : charts) {
            repository.ifPresent(name -> set.add(chart + "image.repository=" + ShellWord.of(name)));
            tag.ifPresent(name -> set.add(chart + "image.tag=" + ShellWord.of(name)));
            digest.ifPresent(name -> set.add(chart + "image.digest=" + ShellWord.of(name)));
        }
        return " --set-string " + String.join(",", set);
    }
}
