package dev.railiance.contract.fault.report;

import dev.railiance.contract.fault.Fault;
import java.util.stream.Collectors;

/** For build servers that read workflow commands, as GitHub Actions does: one line for each fault. */
public final class AnnotationReport {

    private AnnotationReport() {}

    /** The lines; every one ends with a line break. Empty where nothing is wrong. */
    public static String render(FaultReport report) {
        return report.faults().stream().map(AnnotationReport::line).collect(Collectors.joining());
    }

    private static String line(Fault fault) {
        return "::%s file=%s,line=%d,col=%d,title=%s::%s\n"
                .formatted(
                        fault.severity().id(),
                        property(fault.file()),
                        fault.position().line(),
                        fault.position().column(),
                        property(fault.code().id()),
                        data(Sentence.of(fault)));
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
