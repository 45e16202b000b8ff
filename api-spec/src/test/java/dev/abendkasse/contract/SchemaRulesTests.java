package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.each;
import static dev.abendkasse.contract.Contract.entries;
import static dev.abendkasse.contract.Findings.assertNone;
import static java.util.stream.Collectors.toSet;

import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How data is described, bounded and named. */
@ExtendWith(BundledContracts.class)
class SchemaRulesTests {

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final Pattern UPPER_SNAKE_CASE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** How Standard Webhooks names events. */
    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    /** Fields and values that RFC 6749, 7517 and 8058 name their own way. */
    private static final Set<String> NAMED_BY_STANDARDS = Set.of("""
            access_token token_type expires_in refresh_token grant_type client_id client_secret
            error_description client_credentials invalid_request invalid_client invalid_grant
            unauthorized_client unsupported_grant_type invalid_scope Bearer sig List-Unsubscribe One-Click
            """.split("\\s+"));

    /** What Java and JavaScript read differently or one of them not at all. */
    private static final Pattern NOT_PORTABLE = Pattern.compile("\\\\[pPhHAzZGQER]|\\(\\?[^:=!]|[*+?}]\\+|\\\\s|\\\\S");

    private final Contracts contracts;

    SchemaRulesTests(Contracts contracts) {
        this.contracts = contracts;
    }

    @Test
    void schemasAreDescribed() {
        assertNone(contracts
                .roots()
                .flatMap(Contract::namedSchemas)
                .filter(SchemaRulesTests::isUndescribed)
                .map(Place::where));
    }

    @Test
    void propertiesAreDescribed() {
        assertNone(contracts
                .schemas()
                .flatMap(Place::properties)
                .filter(SchemaRulesTests::isUndescribed)
                .map(Place::where));
    }

    @Test
    void stringsHaveALength() {
        assertNone(contracts.schemas().filter(Place::isUnboundedString).map(Place::where));
    }

    @Test
    void numbersHaveAMinimumAndAMaximum() {
        assertNone(contracts.schemas().filter(Place::isUnboundedNumber).map(Place::where));
    }

    @Test
    void arraysHaveALength() {
        assertNone(contracts.schemas().filter(Place::isUnboundedArray).map(Place::where));
    }

    @Test
    void patternsMeanTheSameInEveryLanguage() {
        assertNone(contracts
                .schemas()
                .filter(place -> place.schema().getPattern() != null
                        && !isPortable(place.schema().getPattern()))
                .map(place -> place.where() + ": " + place.schema().getPattern()));
    }

    @Test
    void enumsAreUpperSnakeCase() {
        assertNone(contracts
                .schemas()
                .flatMap(place -> each(place.schema().getEnum())
                        .map(String::valueOf)
                        .filter(value -> !isNamed(value, UPPER_SNAKE_CASE)
                                && !EVENT_TYPE.matcher(value).matches())
                        .map(value -> place.where() + ": " + value)));
    }

    @Test
    void propertiesAreCamelCase() {
        assertNone(contracts
                .schemas()
                .flatMap(place -> entries(place.schema().getProperties())
                        .map(property -> property.getKey())
                        .filter(name -> !isNamed(name, CAMEL_CASE))
                        .map(name -> place.where() + "." + name)));
    }

    @Test
    void parametersAreCamelCase() {
        assertNone(contracts
                .endpoints()
                .flatMap(endpoint -> endpoint.parameters()
                        .filter(parameter -> Set.of("query", "path").contains(parameter.getIn()))
                        .map(parameter -> parameter.getName())
                        .filter(name -> !isNamed(name, CAMEL_CASE))
                        .map(name -> endpoint.where() + " " + name)));
    }

    /** Two files of one name are bundled as twins, an object inside another one gets a name nobody chose. */
    @Test
    void schemaNamesAreUniqueAndChosen() {
        assertNone(contracts
                .roots()
                .flatMap(root -> entries(root.api().getComponents().getSchemas())
                        .filter(schema -> !hasChosenName(schema.getKey(), schema.getValue()))
                        .map(schema -> root.name() + " schema " + schema.getKey())));
    }

    @Test
    void choicesAreToldApartByADiscriminator() {
        assertNone(contracts
                .roots()
                .flatMap(root -> root.schemas()
                        .filter(place -> place.choices().findAny().isPresent() && !isToldApart(place, root))
                        .map(Place::where)));
    }

    private static boolean isUndescribed(Place place) {
        return !place.isReference()
                && (place.schema().getDescription() == null
                        || place.schema().getDescription().isBlank());
    }

    private static boolean isPortable(String pattern) {
        return pattern.startsWith("^")
                && pattern.endsWith("$")
                && !NOT_PORTABLE.matcher(pattern).find();
    }

    private static boolean isNamed(String name, Pattern manner) {
        return manner.matcher(name).matches() || NAMED_BY_STANDARDS.contains(name);
    }

    private static boolean hasChosenName(String name, Schema<?> schema) {
        return KEBAB_CASE.matcher(name).matches()
                && (schema.getTitle() == null || schema.getTitle().equals(upperCamelCase(name)));
    }

    private static String upperCamelCase(String kebabCase) {
        return Pattern.compile("(?:^|-)([a-z0-9])")
                .matcher(kebabCase)
                .replaceAll(first -> first.group(1).toUpperCase(Locale.ROOT));
    }

    /** Each choice has its value of the discriminator, and each value its choice. */
    private static boolean isToldApart(Place place, Contract root) {
        var discriminator = place.schema().getDiscriminator();
        return discriminator != null
                && discriminator.getMapping() != null
                && Set.copyOf(discriminator.getMapping().values())
                        .equals(place.choices().map(Schema::get$ref).collect(toSet()))
                && place.choices().allMatch(choice -> requires(root.resolve(choice), discriminator))
                && place.choices()
                        .allMatch(choice -> valuesOf(root.resolve(choice), discriminator, root)
                                .allMatch(discriminator.getMapping().keySet()::contains));
    }

    private static boolean requires(Schema<?> choice, Discriminator discriminator) {
        return choice.getRequired() != null && choice.getRequired().contains(discriminator.getPropertyName());
    }

    private static Stream<String> valuesOf(Schema<?> choice, Discriminator discriminator, Contract root) {
        return Stream.ofNullable(choice.getProperties())
                .map(properties -> properties.get(discriminator.getPropertyName()))
                .flatMap(property -> each(root.resolve(property).getEnum()).map(String::valueOf));
    }
}
