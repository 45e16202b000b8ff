package dev.abendkasse.contract;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One root of the contract, parsed.
 *
 * @param name      how findings call it
 * @param tree      its text as a tree
 * @param api       its model, with references as they stand
 * @param faults    what the parser could not make sense of
 * @param validator tells whether a value is of a schema
 */
record Contract(String name, JsonNode tree, OpenAPI api, List<String> faults, SchemaValidator validator) {

    static Contract parse(String name, JsonNode tree) {
        var result = new OpenAPIV3Parser().readContents(tree.toString(), List.of(), new ParseOptions());
        var api = result.getOpenAPI();
        return new Contract(name, tree, api, result.getMessages(), new SchemaValidator(api, new MessageResolver()));
    }

    Stream<Endpoint> endpoints() {
        return entries(api.getPaths()).flatMap(path -> endpointsOf(path.getKey(), path.getValue()));
    }

    /** Every schema there is, wherever it stands, with all that is inside it. */
    Stream<Place> schemas() {
        return Stream.concat(namedSchemas(), endpoints().flatMap(Endpoint::schemas))
                .flatMap(Place::withAllInside);
    }

    Stream<Place> namedSchemas() {
        return entries(api.getComponents().getSchemas())
                .map(named -> new Place(name + " schema " + named.getKey(), named.getValue()));
    }

    Schema<?> resolve(Schema<?> schema) {
        return schema.get$ref() == null
                ? schema
                : api.getComponents().getSchemas().get(nameIn(schema.get$ref()));
    }

    Example resolve(Example example) {
        return example.get$ref() == null
                ? example
                : api.getComponents().getExamples().get(nameIn(example.get$ref()));
    }

    Header resolve(Header header) {
        return header.get$ref() == null
                ? header
                : api.getComponents().getHeaders().get(nameIn(header.get$ref()));
    }

    /** What keeps a value from being of a schema. */
    Stream<String> faultsIn(Object value, Schema<?> schema) {
        return validator.validate(Json.mapper().valueToTree(value).toString(), schema, "example").getMessages().stream()
                .map(Message::getMessage);
    }

    static String nameIn(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    static <T> Stream<Map.Entry<String, T>> entries(Map<String, T> map) {
        return Stream.ofNullable(map).flatMap(some -> some.entrySet().stream());
    }

    static <T> Stream<T> each(List<T> list) {
        return Stream.ofNullable(list).flatMap(List::stream).filter(Objects::nonNull);
    }

    private Stream<Endpoint> endpointsOf(String path, PathItem item) {
        return item.readOperationsMap().entrySet().stream()
                .map(operation -> new Endpoint(this, path, operation.getKey(), operation.getValue()));
    }
}
