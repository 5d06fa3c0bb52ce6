package dev.railiance.contract.fault.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.fault.Fault;

/** For programs: the document {@code railiance.validate-result.v1}. */
public final class JsonReport {

    /** The document's schema, and the name under which it is published. */
    public static final String SCHEMA = "railiance.validate-result.v1";

    private JsonReport() {}

    /** The document as a tree, to be written as JSON or YAML. */
    public static ObjectNode document(FaultReport report) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema", SCHEMA);
        document.put("file", report.file());
        document.put("outcome", report.valid() ? "valid" : "invalid");
        report.app().ifPresent(app -> document.put("app", app));
        report.digest().ifPresent(digest -> document.put("digest", digest));
        document.put("errors", report.errors());
        document.put("warnings", report.warnings());
        var faults = document.putArray("faults");
        report.faults().forEach(fault -> faults.add(fault(fault)));
        return document;
    }

    private static ObjectNode fault(Fault fault) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", fault.code().id());
        node.put("severity", fault.severity().id());
        node.put("file", fault.file());
        node.put("line", fault.position().line());
        node.put("column", fault.position().column());
        node.put("path", fault.path());
        node.put("message", fault.message());
        fault.found().ifPresent(found -> node.put("found", found));
        fault.expected().ifPresent(expected -> node.put("expected", expected));
        fault.suggestion().ifPresent(suggestion -> node.put("suggestion", suggestion));
        return node;
    }
}
