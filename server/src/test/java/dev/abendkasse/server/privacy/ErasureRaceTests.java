package dev.abendkasse.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerErasureReceipt;
import dev.abendkasse.office.model.ErasureRequest;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A customer is erased while they buy, sign in and change their address. */
class ErasureRaceTests {

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void checkoutsAtTheSameTimeComeBeforeOrNotAtAll() throws Exception {
        for (int round = 0; round < Scale.of(40); round++) {
            var member = Member.join(theatre);
            AtOnce.run(
                    () -> orRefused(() -> member.buy(1, PaymentMethod.INVOICE)),
                    () -> orRefused(() -> member.buy(1, PaymentMethod.PAY_LATER)),
                    () -> orRefused(() -> erase(member.id())),
                    () -> orRefused(() -> erase(member.id())));

            var erased = theatre.count("select count(*) from customer where erased_at is not null and customer_id = '"
                    + member.id() + "'");
            var named = theatre.count("select count(*) from orders where buyer ->> 'email' = '" + member.email() + "'");
            assertThat(erased == 0 || named == 0)
                    .as("an erased person has no order with their name")
                    .isTrue();
            assertThat(theatre.count("select count(*) from cart where state = 'OPEN' and customer_id = '" + member.id()
                            + "' and exists (select from customer where erased_at is not null and customer_id = '"
                            + member.id() + "')"))
                    .isZero();
        }
    }

    @Test
    void signInsAndChangesOfAddressAtTheSameTimeLeaveNothingBehind() throws Exception {
        var functions = theatre.server().bean(Functions.class);
        for (int round = 0; round < Scale.of(40); round++) {
            var member = Member.join(theatre);
            var id = member.id().toString();
            var link = theatre.value(
                    "select mail_account_link('CHANGE_EMAIL', '" + id + "', 600, 'new-" + id + "@example.org', 'new-"
                            + id + "@example.org')",
                    UUID.class);
            Map<String, Object> session =
                    Map.of("sessionId", UUID.randomUUID(), "idleSeconds", 600, "mostSessions", 20, "advised", false);

            AtOnce.run(
                    () -> erase(member.id()),
                    () -> Awaited.of(functions.call(
                            "confirm_email", Map.of("linkId", link, "matchKey", "00", "revertSeconds", 600))),
                    () -> Awaited.of(functions.call("open_session", Map.of("customerId", id, "session", session))),
                    () -> Awaited.of(functions
                            .call(
                                    "request_credit_limit",
                                    Map.of("customerId", id, "limit", 1, "caseNumbers", List.of()))
                            .onErrorComplete()));

            assertThat(member.count("customer where erased_at is not null and password_hash is null"))
                    .isOne();
            for (var table : List.of("customer_email", "customer_session", "account_link")) {
                assertThat(member.count(table + " where true")).as(table).isZero();
            }
        }
    }

    private interface Call {

        Object run() throws Exception;
    }

    private static void orRefused(Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isIn(Set.of(401, 409, 412));
        }
    }

    private static CustomerErasureReceipt erase(UUID customer) throws ApiException {
        return theatre.office().erasures().eraseCustomer(customer, new ErasureRequest().reason("Asked for it"));
    }
}
