package dev.abendkasse.server.security.web;

import dev.abendkasse.server.security.web.Operation.Alternative;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads out of a contract which operations there are and who may call them. */
final class ContractReader {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final int MAX_CODE_POINTS = 20_000_000;

    private ContractReader() {}

    static Stream<Operation> operations(String resource) {
        var contract = map(parse(resource));
        var tokenSchemes = tokenSchemes(contract);
        return map(contract.get("paths")).entrySet().stream()
                .flatMap(path -> map(path.getValue()).entrySet().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .map(member ->
                                operation(path.getKey(), member.getKey(), map(member.getValue()), tokenSchemes)));
    }

    private static Operation operation(
            String path, String method, Map<String, Object> operation, Set<String> tokenSchemes) {
        if (!(operation.get("security") instanceof List<?> security)) {
            throw new IllegalStateException("The contract does not say who may call " + method + " " + path);
        }
        return new Operation(
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                PathPatternParser.defaultInstance.parse(path),
                security.isEmpty()
                        ? List.of(new Alternative(false, false, Set.of()))
                        : security.stream()
                                .map(one -> alternative(map(one), tokenSchemes))
                                .toList());
    }

    private static Alternative alternative(Map<String, Object> requirement, Set<String> tokenSchemes) {
        var tokens =
                requirement.keySet().stream().filter(tokenSchemes::contains).toList();
        var scopes = tokens.stream()
                .flatMap(scheme -> ((List<?>) requirement.getOrDefault(scheme, List.of())).stream())
                .map(String::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        return new Alternative(!tokens.isEmpty(), requirement.size() > tokens.size(), scopes);
    }

    private static Set<String> tokenSchemes(Map<String, Object> contract) {
        return map(map(contract.get("components")).get("securitySchemes")).entrySet().stream()
                .filter(scheme -> !"apiKey".equals(map(scheme.getValue()).get("type")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Object parse(String resource) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try (var input = new ClassPathResource(resource).getInputStream()) {
            return new Yaml(new SafeConstructor(options)).load(input);
        } catch (IOException e) {
            throw new UncheckedIOException("The contract is not on the classpath: " + resource, e);
        }
    }

    @SuppressWarnings("unchecked") // YAML's mappings have strings for keys in a contract
    private static Map<String, Object> map(@Nullable Object node) {
        return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
