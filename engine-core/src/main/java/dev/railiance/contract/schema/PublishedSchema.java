package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One JSON Schema (2020-12) to validate with. It refers to nothing outside itself, and nothing is ever fetched. */
public final class PublishedSchema {

    private final JsonNode tree;
    private final Schema validator;

    PublishedSchema(JsonNode tree) {
        this.tree = tree;
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .regularExpressionFactory(PublishedSchema::wholeText)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                builder -> builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.block(iri -> true)));
        this.validator = registry.getSchema(tree);
    }

    /** The schema itself. */
    public SchemaNode node() {
        return new SchemaNode(tree, tree);
    }

    /** Everything in the instance that the schema does not allow; empty: the instance is valid. */
    public List<Violation> violations(JsonNode instance) {
        return validator.validate(instance).stream()
                .map(PublishedSchema::violation)
                .toList();
    }

    private static Violation violation(Error error) {
        JsonNode requirement = error.getSchemaNode() == null ? MissingNode.getInstance() : error.getSchemaNode();
        return new Violation(
                steps(error.getInstanceLocation()),
                String.valueOf(error.getKeyword()),
                Optional.ofNullable(error.getProperty()),
                requirement,
                String.valueOf(error.getMessage()));
    }

    private static List<Object> steps(NodePath path) {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            steps.add(path.getElement(i));
        }
        return steps;
    }

    /** In Java {@code $} also matches before a last line break, in JSON Schema it does not. */
    private static RegularExpression wholeText(String regex) {
        Pattern pattern = Pattern.compile(regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
        return text -> pattern.matcher(text).find();
    }
}
