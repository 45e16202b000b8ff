package dev.abendkasse.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Contract;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Theatre;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P14: every operation that staff do something with says in the contract what it enters, does so, and does so once. */
class AuditCoverageTests {

    /** Reads that are entered too, because of what they show. */
    private static final Set<String> READS = Set.of(
            "listBlacklistEntries",
            "listBlacklistSuggestions",
            "getBlacklistSuggestion",
            "getBlacklistEntry",
            "listBlacklistEntryHistory",
            "getBlacklistExport",
            "downloadNewsletterDeliveries",
            "getCustomerImportRejections",
            "getCreditAccount",
            "getCustomer",
            "listCreditEntries",
            "listCreditLimitChanges",
            "getCaseForStaff",
            "getHijack",
            "getHijackNotice",
            "getCartNotice",
            "getOrderNotice",
            "listReceivables",
            "listAuditEntries");

    /** Says that somebody is still there, again and again, and changes nothing else. */
    private static final Set<String> SIGNS_OF_LIFE = Set.of("renewLease");

    /** Operations whose entries other tests look at, by the tests' class names. */
    private static final Map<String, String> ELSEWHERE = Map.of();

    private static Theatre theatre;
    private static AuditTrail audit;
    private static Map<String, Deed> deeds;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open(Map.of("abendkasse.outbox.look-every", "1h", "abendkasse.claims.look-every", "1h"));
        audit = new AuditTrail(theatre.db());
        var entrance = Entrance.of(theatre);
        entrance.startsIn("150 minutes");
        Theatre.execute(theatre.db(), "update price set amount = 5000 where category = 'ga'");
        Theatre.execute(
                theatre.db(),
                "update shop set payment_page_url = 'https://shop.example.org/pay', transfer_grace_seconds = 0");
        var office = theatre.office();
        deeds = new HashMap<>(new ProgrammeDeeds(office).all());
        deeds.putAll(new IncidentDeeds(theatre, office).all());
        deeds.putAll(new SystemDeeds(theatre, office).all());
        deeds.putAll(new SalesDeeds(theatre, office, entrance).all());
        deeds.putAll(new PersonDeeds(theatre, office).all());
        deeds.putAll(new ClaimDeeds(theatre, office).all());
        deeds.putAll(new RelaunchDeeds(office).all());
        deeds.putAll(new ImportDeeds(office).all());
        deeds.putAll(new CustomerDeeds(theatre, office).all());
        deeds.putAll(new SuggestionDeeds(theatre, office).all());
        deeds.putAll(new CaseDeeds(theatre, office).all());
        deeds.putAll(new NewsletterDeeds(theatre, office).all());
        deeds.putAll(new AccessDeeds(theatre, office).all());
        deeds.putAll(new BoxOfficeDeeds(theatre, office, theatre.boxOffice()).all());
    }

    @AfterAll
    static void closeTheTheatre() {
        assertThat(audit.broken()).isZero();
        theatre.close();
    }

    @Test
    void p14EveryOperationOfStaffSaysWhatItEnters() {
        var silent = endpoints()
                .filter(endpoint -> endpoint.mustBeEntered() != (endpoint.action() != null))
                .map(Endpoint::name);

        assertThat(silent)
                .as("operations without x-audit that staff change something with, or with one though they do not")
                .isEmpty();
    }

    @Test
    void p14EveryOperationThatEntersSomethingIsTried() {
        var tried = new TreeSet<>(deeds.keySet());
        tried.addAll(ELSEWHERE.keySet());

        assertThat(tried).isEqualTo(new TreeSet<>(actions().keySet()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void p14OperationIsEnteredOnceByWhoDidItAndNotWhenItIsRepeatedOrRefused(String operation) throws Exception {
        var action = actions().get(operation);
        var deed = deeds.get(operation);
        var act = deed.preparation().prepare();
        var before = entries(action);

        act.run();

        assertThat(entries(action)).isEqualTo(before + 1);
        assertThat(lastActor(action)).matches("admin|(gate|staff)-.*");
        var all = audit.count();
        var isAnother = isDone(act) && !deed.again();

        assertThat(isAnother || audit.count() == all)
                .as("a repetition or a refusal enters nothing")
                .isTrue();
    }

    private static boolean isDone(Deed.Act act) throws Exception {
        try {
            act.run();
            return true;
        } catch (ApiException refused) {
            return false;
        }
    }

    static Stream<String> operations() {
        return actions().keySet().stream().filter(operation -> !ELSEWHERE.containsKey(operation));
    }

    private static long entries(String action) {
        return audit.number("select count(*) from audit_entry where action = '" + action + "'");
    }

    private static String lastActor(String action) {
        return theatre.value(
                "select actor from audit_entry join audit_detail using (seq) where action = '" + action
                        + "' order by seq desc limit 1",
                String.class);
    }

    private static Map<String, String> actions() {
        return endpoints()
                .filter(endpoint -> endpoint.action() != null)
                .collect(Collectors.toMap(Endpoint::name, Endpoint::action, (one, _) -> one, LinkedHashMap::new));
    }

    private static Stream<Endpoint> endpoints() {
        return Contract.all()
                .flatMap(contract -> contract.document().getPaths().values().stream()
                        .flatMap(path -> path.readOperationsMap().entrySet().stream())
                        .map(one -> new Endpoint(contract == Contract.OFFICE, one.getKey(), one.getValue())));
    }

    private record Endpoint(boolean office, HttpMethod method, Operation operation) {

        String name() {
            return operation.getOperationId();
        }

        String action() {
            var extensions = operation.getExtensions();
            return extensions == null ? null : (String) extensions.get("x-audit");
        }

        boolean mustBeEntered() {
            return isForStaff()
                    && (method != HttpMethod.GET || READS.contains(name()))
                    && !SIGNS_OF_LIFE.contains(name());
        }

        /** The office's are all for staff; of the public ones those that ask for a scope which customers do not have. */
        private boolean isForStaff() {
            return office
                    || operation.getSecurity().stream()
                            .flatMap(one -> one.getOrDefault("token", List.of()).stream())
                            .anyMatch(scope -> !scope.equals("customer"));
        }
    }
}
