package dev.abendkasse.server.redirects;

import static dev.abendkasse.server.redirects.Visitors.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDisclosureRequest;
import dev.abendkasse.office.model.BlacklistDisclosureSearch;
import dev.abendkasse.office.model.DisclosureRecord;
import dev.abendkasse.office.model.RedirectedCheckout;
import dev.abendkasse.office.model.RedirectedCheckoutSearch;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.server.redirects.store.RedirectStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Attempts and disclosures are not kept for ever. */
class RedirectUpkeepTests {

    private static Theatre theatre;
    private static Visitors visitors;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of(
                "abendkasse.redirects.keep", "30d",
                "abendkasse.redirects.keep-disclosures", "400d",
                "abendkasse.redirects.forget-every", "1h"));
        visitors = new Visitors(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void attemptsAndDisclosuresAreForgottenWhenTheirTimeIsOverAndNotBefore() throws ApiException {
        var email = newEmail();
        var old = visitors.attemptTooLate(email).getCartId();
        var young = visitors.attemptTooLate(email).getCartId();
        age("redirected_checkout", "at", "cart_id = '" + old + "'", "30 days 1 minute");
        age("redirected_checkout", "at", "cart_id = '" + young + "'", "29 days 23 hours");
        var oldTold = tell(email);
        var youngTold = tell(email);
        age("blacklist_disclosure", "disclosed_at", "disclosure_id = '" + oldTold + "'", "400 days 1 minute");
        age("blacklist_disclosure", "disclosed_at", "disclosure_id = '" + youngTold + "'", "399 days 23 hours");

        Awaited.of(theatre.server().bean(RedirectSweeper.class).forget());

        assertThat(attempts(new RedirectedCheckoutSearch().email(email)))
                .extracting(RedirectedCheckout::getCartId)
                .containsExactly(young);
        assertThat(visitors.office()
                        .blacklistDisclosures()
                        .searchBlacklistDisclosures(new BlacklistDisclosureSearch().email(email))
                        .getItems())
                .extracting(DisclosureRecord::getDisclosureId)
                .containsExactly(youngTold);
    }

    @Test
    void p11ReplicasThatForgetAtOnceForgetEachAttemptOnceABatchAtATime() throws ApiException {
        var email = newEmail();
        for (int i = 0; i < 10; i++) {
            visitors.attemptTooLate(email);
        }
        age("redirected_checkout", "at", "email = '" + email + "'", "3650 days");
        var store = theatre.server().bean(RedirectStore.class);

        var forgotten = Awaited.of(Flux.range(0, 8)
                .flatMap(_ -> store.forget(Duration.ofDays(3649), 3), 8)
                .collectList());
        var rest = Awaited.of(store.forget(Duration.ofDays(3649), 100));

        assertThat(forgotten).allMatch(count -> count <= 3);
        assertThat(forgotten.stream().mapToLong(Long::longValue).sum() + rest).isEqualTo(10);
    }

    @Test
    void addressesGoWithTheAccountAndTheAttemptsStay() throws ApiException {
        var email = newEmail();
        var stranger = newEmail();
        var customer = visitors.customer(email);
        visitors.attemptTooLate(email);
        visitors.endAtTheOverview(visitors.as(customer), tooLate(), newEmail());
        visitors.attemptTooLate(stranger);
        tell(email);

        Theatre.execute(theatre.db(), "delete from customer_email where customer_id = '" + customer.value() + "'");

        assertThat(theatre.count("select count(*) from blacklist_disclosure where email = '" + email + "'"))
                .isZero();
        assertThat(attempts(new RedirectedCheckoutSearch().email(email)))
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.getEmail()).isNull());
        assertThat(attempts(new RedirectedCheckoutSearch().email(stranger)))
                .extracting(RedirectedCheckout::getEmail)
                .containsExactly(stranger);
    }

    @Test
    void addressOfAGuestCanBeErasedToo() throws ApiException {
        var email = newEmail();
        visitors.attemptTooLate(email);
        var key = theatre.server().bean(PersonKeys.class).keyOf(email);

        Theatre.execute(theatre.db(), "select erase_redirect_addresses('\\x" + key + "', null)");

        assertThat(attempts(new RedirectedCheckoutSearch().email(email)))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.getEmail()).isNull());
    }

    private static Cart tooLate() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(cart.getCartId());
        return cart;
    }

    private static List<RedirectedCheckout> attempts(RedirectedCheckoutSearch search) throws ApiException {
        return visitors.office().redirects().searchRedirectedCheckouts(search).getItems();
    }

    private static UUID tell(String email) throws ApiException {
        return visitors.office()
                .blacklistDisclosures()
                .discloseBlacklisting(
                        new BlacklistDisclosureRequest().email(email).proof("Passport seen"))
                .getDisclosureId();
    }

    private static void age(String table, String column, String which, String time) {
        Theatre.execute(
                theatre.db(),
                "update %s set %s = clock_timestamp() - interval '%s' where %s".formatted(table, column, time, which));
    }
}
