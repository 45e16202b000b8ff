package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseAssignment;
import dev.abendkasse.office.model.CaseComment;
import dev.abendkasse.office.model.CaseQuestion;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.office.model.CaseSettlement;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff do with cases. */
record CaseDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final String FIRST = "\"1\"";

    private static final String REQUEST = """
            with buyer as (
                insert into customer (name, password_hash) values ('Example', 'none') returning customer_id),
            address as (
                insert into customer_email (customer_id, email, canonical, match_key)
                select customer_id, customer_id || '@example.org', customer_id || '@example.org',
                       sha256(customer_id::text::bytea) from buyer)
            insert into case_file (case_number, kind, customer_id, requested_limit, currency)
            select '%s', 'LIMIT_REQUEST', customer_id, 80000, 'EUR' from buyer
            """;

    private static final String LATE_MONEY = """
            insert into case_file (case_number, kind, amount, currency) values ('%s', 'LATE_PAYMENT', 5000, 'EUR')
            """;

    Map<String, Deed> all() {
        return Map.of(
                "getCaseForStaff",
                        Deed.once(() -> {
                            var number = open(REQUEST);
                            return () -> cases().getCaseForStaff(number);
                        }),
                "assignCase",
                        Deed.once(() -> {
                            var number = open(REQUEST);
                            return () -> cases().assignCase(number, FIRST, new CaseAssignment().assignee("admin"));
                        }),
                "commentOnCase",
                        repeatable(
                                REQUEST,
                                (number, key) ->
                                        cases().commentOnCase(number, key, new CaseComment().text("Calls back"))),
                "askCustomer",
                        repeatable(
                                REQUEST,
                                (number, key) -> cases().askCustomer(
                                                number,
                                                key,
                                                FIRST,
                                                new CaseQuestion().text("For which performances?"))),
                "approveCase",
                        repeatable(
                                REQUEST,
                                (number, key) -> cases().approveCase(
                                                number, key, FIRST, new CaseApproval().reason("Pays in time"))),
                "rejectCase",
                        repeatable(
                                REQUEST,
                                (number, key) -> cases().rejectCase(
                                                number,
                                                key,
                                                FIRST,
                                                new CaseRejection().reason("Owes for two seasons"))),
                "settleCase",
                        repeatable(
                                LATE_MONEY,
                                (number, key) -> cases().settleCase(
                                                number,
                                                key,
                                                FIRST,
                                                new CaseSettlement().reason("Spoken with the buyer"))));
    }

    private CasesApi cases() {
        return office.cases();
    }

    private Deed repeatable(String sql, Act act) {
        return Deed.repeatable(() -> {
            var number = open(sql);
            var key = UUID.randomUUID();
            return () -> act.run(number, key);
        });
    }

    private String open(String sql) {
        Theatre.execute(theatre.db(), "update shop set case_page_url = 'https://shop.example.org/cases'");
        var number = CaseNumber.random().value();
        Theatre.execute(theatre.db(), sql.formatted(number));
        return number;
    }

    private interface Act {

        Object run(String caseNumber, UUID key) throws Exception;
    }
}
