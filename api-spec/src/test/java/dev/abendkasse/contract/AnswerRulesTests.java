package dev.abendkasse.contract;

import static dev.abendkasse.contract.Findings.assertNone;
import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operations take and answer, and how they fail. */
@ExtendWith(BundledContracts.class)
class AnswerRulesTests {

    private static final String PROBLEM_JSON = "application/problem+json";

    /** Given before an operation is chosen, so no operation lists them. */
    private static final Set<String> OUTSIDE_OPERATIONS = Set.of("not-found", "method-not-allowed", "not-acceptable");

    /** Their operations are still to come. */
    private static final Set<String> AWAITED =
            Set.of("already-exists", "blacklist-entry-not-found", "customer-not-found");

    /** The token endpoint fails as RFC 6749 says. */
    private static final String TOKEN_ENDPOINT = "/v1/oauth2/token";

    private final Contracts contracts;

    AnswerRulesTests(Contracts contracts) {
        this.contracts = contracts;
    }

    @Test
    void requestBodiesHaveExamples() {
        assertNone(contracts
                .endpoints()
                .flatMap(Endpoint::bodies)
                .filter(body -> !body.hasSample())
                .map(Body::where));
    }

    @Test
    void jsonAnswersHaveExamples() {
        assertNone(contracts
                .answers()
                .filter(Answer::isSuccess)
                .flatMap(Answer::bodies)
                .filter(body -> body.isStructured() && !body.hasSample())
                .map(Body::where));
    }

    @Test
    void examplesAreOfTheirSchema() {
        assertNone(samples().flatMap(Sample::faults));
    }

    @Test
    void operationsListTheFailuresThatAnyoneCanMeet() {
        assertNone(contracts
                .endpoints()
                .flatMap(endpoint -> expectedFailures(endpoint)
                        .filter(status -> !endpoint.answersWith(status))
                        .map(status -> endpoint.where() + " " + status)));
    }

    @Test
    void failuresAreProblems() {
        assertNone(contracts
                .answers()
                .filter(Answer::isError)
                .filter(answer -> !isOfTheTokenEndpoint(answer) && !isProblemWithExamples(answer))
                .map(Answer::where));
    }

    @Test
    void problemsAreWrittenAlike() {
        assertNone(contracts.problems().stream()
                .filter(problem -> !problem.isWrittenAsUsual())
                .map(Problem::where));
    }

    @Test
    void problemsAreOfTheProblemSchema() {
        assertNone(contracts.problems().stream().flatMap(problem -> problem.faults(contracts.shop())));
    }

    @Test
    void problemsAreUsed() {
        var used = contracts
                .answers()
                .filter(Answer::isError)
                .flatMap(Answer::bodies)
                .flatMap(body -> Contract.entries(body.content().getExamples()))
                .map(Map.Entry::getKey)
                .collect(toSet());
        assertNone(contracts.problems().stream()
                .filter(problem -> !used.contains(problem.name()))
                .filter(problem -> !OUTSIDE_OPERATIONS.contains(problem.name()) && !AWAITED.contains(problem.name()))
                .map(Problem::where));
    }

    @Test
    void problemsStandUnderTheirStatus() {
        assertNone(contracts
                .answers()
                .filter(answer -> answer.status().matches("[45]\\d\\d"))
                .flatMap(answer -> answer.bodies()
                        .filter(body -> body.type().equals(PROBLEM_JSON))
                        .flatMap(Body::ownSamples)
                        .filter(sample -> !sample.text("status").equals(answer.status()))
                        .map(Sample::where)));
    }

    private Stream<Sample> samples() {
        var ofBodies = contracts
                .endpoints()
                .flatMap(endpoint ->
                        Stream.concat(endpoint.bodies(), endpoint.answers().flatMap(Answer::bodies)))
                .filter(Body::isStructured)
                .flatMap(Body::ownSamples);
        var ofSchemas = contracts
                .roots()
                .flatMap(root -> root.namedSchemas()
                        .filter(place -> place.schema().getExample() != null)
                        .map(place ->
                                new Sample(root, place.where(), place.schema().getExample(), place.schema())));
        return Stream.concat(ofBodies, ofSchemas);
    }

    private static Stream<String> expectedFailures(Endpoint endpoint) {
        return Stream.of(
                        Stream.of("429", "500", "503"),
                        Stream.of("400").filter(status -> endpoint.takesAnything()),
                        Stream.of("413", "415").filter(status -> endpoint.takesABody()),
                        Stream.of("401").filter(status -> endpoint.isSecured()))
                .flatMap(statuses -> statuses);
    }

    private static boolean isProblemWithExamples(Answer answer) {
        var bodies = answer.bodies().toList();
        return bodies.size() == 1
                && bodies.getFirst().type().equals(PROBLEM_JSON)
                && bodies.getFirst().ownSamples().findAny().isPresent()
                && bodies.getFirst()
                        .schemas()
                        .anyMatch(place -> "#/components/schemas/problem"
                                .equals(place.schema().get$ref()));
    }

    private static boolean isOfTheTokenEndpoint(Answer answer) {
        return answer.endpoint().path().equals(TOKEN_ENDPOINT)
                && Set.of("400", "401").contains(answer.status());
    }
}
