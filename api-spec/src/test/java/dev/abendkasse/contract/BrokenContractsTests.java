package dev.abendkasse.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Each rule is shown to fail: a small good contract keeps it, and a change that breaks it is found. */
class BrokenContractsTests {

    private static final JsonNode GOOD = read("good.yaml");
    private static final JsonNode BROKEN = read("broken.yaml");

    @ParameterizedTest
    @MethodSource("rules")
    void goodContractKeeps(Method rule) {
        assertThatNoException().isThrownBy(() -> apply(rule, GOOD));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void brokenContractIsFound(String rule, JsonNode change, String finding) {
        var broken = merge(GOOD.deepCopy(), change);

        assertThatThrownBy(() -> apply(rule(rule), broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(finding);
    }

    @Test
    void everyRuleIsShownToFail() {
        assertThat(rules().map(Method::getName).collect(toSet()))
                .isEqualTo(BROKEN.properties().stream().map(Map.Entry::getKey).collect(toSet()));
    }

    static Stream<Arguments> brokenContractIsFound() {
        return BROKEN.properties().stream()
                .flatMap(rule -> rule.getValue()
                        .valueStream()
                        .map(broken -> Arguments.of(
                                rule.getKey(),
                                broken.get("change"),
                                broken.get("finds").asText())));
    }

    static Stream<Method> rules() {
        return Stream.of(
                        OperationRulesTests.class, AnswerRulesTests.class, SchemaRulesTests.class, RootRulesTests.class)
                .flatMap(rules -> Arrays.stream(rules.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class));
    }

    private static Method rule(String name) {
        return rules().filter(rule -> rule.getName().equals(name)).findAny().orElseThrow();
    }

    private static void apply(Method rule, JsonNode contracts) throws Throwable {
        var rules = rule.getDeclaringClass().getDeclaredConstructor(Contracts.class);
        try {
            rule.invoke(rules.newInstance(contractsIn(contracts)));
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static Contracts contractsIn(JsonNode tree) {
        return new Contracts(
                Contract.parse("shop", tree.get("shop")),
                Contract.parse("office", tree.get("office")),
                tree.get("problems")
                        .propertyStream()
                        .map(problem -> new Problem(problem.getKey(), problem.getValue()))
                        .toList());
    }

    /** JSON merge patch (RFC 7396). */
    private static JsonNode merge(JsonNode target, JsonNode change) {
        if (!(change instanceof ObjectNode)) {
            return change;
        }
        var merged = target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        change.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }

    /** With a reader that knows aliases. */
    private static JsonNode read(String file) {
        var text = BrokenContractsTests.class.getResourceAsStream("/contract/" + file);
        return new ObjectMapper().valueToTree(new Yaml().load(text));
    }
}
