package dev.abendkasse.server.testing;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** One of the two contracts, bundled as it is published. */
public final class Contract {

    public static final Contract PUBLIC = new Contract("contract/openapi.yaml");
    public static final Contract OFFICE = new Contract("contract/openapi-office.yaml");

    private final String text;
    private final OpenAPI document;
    private final Map<PathPattern, PathItem> paths;

    private Contract(String resource) {
        text = read(resource);
        document = new OpenAPIV3Parser().readContents(text).getOpenAPI();
        paths = document.getPaths().entrySet().stream()
                .collect(Collectors.toMap(
                        path -> PathPatternParser.defaultInstance.parse(path.getKey()), Map.Entry::getValue));
    }

    public static Stream<Contract> all() {
        return Stream.of(PUBLIC, OFFICE);
    }

    /** The contract that this path belongs to; a path belongs to one of them at most. */
    public static Optional<Contract> ofPath(String path) {
        return all().filter(contract -> contract.item(path).isPresent()).findFirst();
    }

    public String text() {
        return text;
    }

    public OpenAPI document() {
        return document;
    }

    /** All operations, as in {@code GET /v1/carts/{cartId}}. */
    public Stream<String> operations() {
        return document.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .map(method -> method + " " + path.getKey()));
    }

    public Optional<Operation> operation(String method, String path) {
        return item(path).map(item -> item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method)));
    }

    private Optional<PathItem> item(String path) {
        var container = PathContainer.parsePath(path);
        return paths.keySet().stream()
                .filter(pattern -> pattern.matches(container))
                .min(PathPattern.SPECIFICITY_COMPARATOR)
                .map(paths::get);
    }

    private static String read(String resource) {
        try {
            return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
