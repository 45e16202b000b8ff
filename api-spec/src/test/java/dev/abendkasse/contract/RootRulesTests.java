package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.entries;
import static dev.abendkasse.contract.Findings.assertNone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the two roots say as wholes. */
@ExtendWith(BundledContracts.class)
class RootRulesTests {

    /** Words that would tell a buyer what only staff may know. */
    private static final Pattern FOR_STAFF_ONLY = Pattern.compile(
            "(black|block|deny)[\\s_-]?list|blocked|\\bbanned\\b|hijack[\\s_-]?reason", Pattern.CASE_INSENSITIVE);

    private final Contracts contracts;

    RootRulesTests(Contracts contracts) {
        this.contracts = contracts;
    }

    @Test
    void contractsAreWellFormed() {
        assertNone(contracts.roots().flatMap(root -> root.faults().stream().map(fault -> root.name() + " " + fault)));
    }

    /** The server generates both roots into the same packages. */
    @Test
    void sharedSchemasAreAlike() {
        var ofOffice = contracts.office().api().getComponents().getSchemas();
        assertNone(entries(contracts.shop().api().getComponents().getSchemas())
                .filter(schema -> ofOffice != null && ofOffice.containsKey(schema.getKey()))
                .filter(schema -> !schema.getValue().equals(ofOffice.get(schema.getKey())))
                .map(schema -> "schema " + schema.getKey()));
    }

    @Test
    void sharedOperationsAreAlike() {
        assertNone(contracts
                .shop()
                .endpoints()
                .flatMap(inShop -> contracts
                        .office()
                        .endpoints()
                        .filter(inOffice ->
                                isSame(inShop, inOffice) && !inShop.operation().equals(inOffice.operation()))
                        .map(Endpoint::where)));
    }

    @Test
    void publicContractKeepsQuietAboutStaffMatters() {
        assertNone(words(contracts.shop().tree())
                .filter(text -> FOR_STAFF_ONLY.matcher(text).find()));
    }

    /** Generated names must not clash either: the same id must mean the same place. */
    private static boolean isSame(Endpoint one, Endpoint other) {
        return one.operation().getOperationId().equals(other.operation().getOperationId())
                || (one.path().equals(other.path()) && one.method() == other.method());
    }

    /** All keys and values. */
    private static Stream<String> words(JsonNode node) {
        if (node.isValueNode()) {
            return Stream.of(node.asText());
        }
        var names = node.properties().stream().map(property -> property.getKey());
        return Stream.concat(names, node.valueStream().flatMap(RootRulesTests::words));
    }
}
