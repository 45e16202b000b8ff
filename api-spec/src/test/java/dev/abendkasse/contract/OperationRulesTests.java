package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.each;
import static dev.abendkasse.contract.Findings.assertNone;
import static java.util.stream.Collectors.groupingBy;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every operation says about itself. */
@ExtendWith(BundledContracts.class)
class OperationRulesTests {

    private static final Pattern VERB_NOUN = Pattern.compile("([a-z]+)([A-Z][a-z0-9]*)+");

    /** What reads begin with, and nothing else does. */
    private static final Set<String> READING = Set.of("get", "list", "stream", "download", "print");

    private static final Set<String> WRITING = Set.of("""
            abandon accept add answer apply approve ask assign book cancel change check claim close comment
            confirm copy create decide decline delete disable disclose dismiss edit enable erase exchange explain export extend find
            finish hand import issue lift lock log mark match merge move open override pause pay postpone preview
            propose publish put receive record recover redeem refresh refund register reject release remove renew reopen
            replace replay request resend reserve reset resume retry return revert revoke rotate run scan search send
            set settle sign start stop submit subscribe take test unassign unpublish unsubscribe update upload
            unlock verify withdraw work
            """.split("\\s+"));

    /** Names that say it all in one word, or that box offices know by that name. */
    private static final Set<String> FIXED =
            Set.of("checkout", "login", "logout", "refresh", "register", "reserve", "seatHistory");

    private static final Pattern KEBAB_PATH =
            Pattern.compile("/v1(/([a-z0-9]+(-[a-z0-9]+)*|\\{[a-z][A-Za-z0-9]*}))+|/\\.well-known/[a-z0-9.-]+");

    private final Contracts contracts;

    OperationRulesTests(Contracts contracts) {
        this.contracts = contracts;
    }

    @Test
    void operationIdsAreVerbAndNoun() {
        assertNone(contracts
                .endpoints()
                .filter(endpoint -> !isVerbAndNoun(id(endpoint), endpoint.method()))
                .map(endpoint -> endpoint.where() + ": " + id(endpoint)));
    }

    @Test
    void operationIdsAreUnique() {
        assertNone(contracts
                .roots()
                .flatMap(root -> root.endpoints().collect(groupingBy(OperationRulesTests::id)).values().stream()
                        .filter(namesakes -> namesakes.size() > 1)
                        .flatMap(List::stream)
                        .map(endpoint -> endpoint.where() + ": " + id(endpoint))));
    }

    @Test
    void operationsHaveOneDeclaredTag() {
        assertNone(contracts
                .endpoints()
                .filter(endpoint -> !hasOneDeclaredTag(endpoint))
                .map(Endpoint::where));
    }

    @Test
    void tagsAreDescribedAndUsed() {
        assertNone(contracts
                .roots()
                .flatMap(root -> each(root.api().getTags())
                        .filter(tag -> isMissing(tag.getDescription()) || !isUsed(tag, root))
                        .map(tag -> root.name() + " tag " + tag.getName())));
    }

    @Test
    void operationsAreSummedUpAndDescribed() {
        assertNone(contracts
                .endpoints()
                .filter(endpoint -> isMissing(endpoint.operation().getSummary())
                        || isMissing(endpoint.operation().getDescription()))
                .map(Endpoint::where));
    }

    @Test
    void parametersAreDescribed() {
        assertNone(contracts
                .endpoints()
                .flatMap(endpoint -> endpoint.parameters()
                        .filter(parameter -> isMissing(parameter.getDescription()))
                        .map(parameter -> endpoint.where() + " " + parameter.getName())));
    }

    @Test
    void securityIsStatedOnEveryOperation() {
        assertNone(contracts
                .endpoints()
                .filter(endpoint -> endpoint.operation().getSecurity() == null)
                .map(Endpoint::where));
    }

    @Test
    void pathsAreKebabCaseUnderTheirVersion() {
        assertNone(contracts
                .endpoints()
                .filter(endpoint -> !KEBAB_PATH.matcher(endpoint.path()).matches())
                .map(Endpoint::where));
    }

    private static boolean isVerbAndNoun(String id, HttpMethod method) {
        var words = VERB_NOUN.matcher(id);
        if (FIXED.contains(id)) {
            return true;
        }
        return words.matches() && (method == HttpMethod.GET ? READING : WRITING).contains(words.group(1));
    }

    private static boolean hasOneDeclaredTag(Endpoint endpoint) {
        var tags = endpoint.operation().getTags();
        return tags != null
                && tags.size() == 1
                && each(endpoint.contract().api().getTags()).map(Tag::getName).anyMatch(tags::contains);
    }

    private static boolean isUsed(Tag tag, Contract root) {
        return root.endpoints()
                .flatMap(endpoint -> each(endpoint.operation().getTags()))
                .anyMatch(tag.getName()::equals);
    }

    private static String id(Endpoint endpoint) {
        return String.valueOf(endpoint.operation().getOperationId());
    }

    private static boolean isMissing(String text) {
        return text == null || text.isBlank();
    }
}
