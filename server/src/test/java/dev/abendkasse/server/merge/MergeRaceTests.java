package dev.abendkasse.server.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CustomerMergesApi;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.MergePair;
import dev.abendkasse.office.model.MergeRequest;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** P6: what is owed stays right while accounts are merged under those who buy with them. */
class MergeRaceTests {

    private static final int ROUNDS = Scale.of(40);

    private static Theatre theatre;
    private static CustomerMergesApi merges;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
        merges = theatre.office().customerMerges();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void p6CheckoutsAndLimitsAtTheSameTimeLeaveTheBooksRightAndNothingBehind() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var survivor = Member.join(theatre);
            var loser = Member.join(theatre);
            loser.buy(1, PaymentMethod.INVOICE);
            var steps = new ArrayList<AtOnce.Step>();
            for (var member : List.of(survivor, loser, survivor, loser)) {
                steps.add(() -> orRefused(() -> member.buy(1, PaymentMethod.INVOICE)));
            }
            steps.add(() -> orRefused(() -> theatre.office()
                    .credit()
                    .setCreditLimit(
                            loser.id(),
                            "\"1\"",
                            new CreditLimitChange()
                                    .limit(new Money().amount(30_000L).currency("EUR"))
                                    .reason("Test"))));
            steps.add(() -> {
                var merged = false;
                while (!merged) {
                    merged = merge(survivor, loser);
                }
            });

            AtOnce.run(steps.toArray(AtOnce.Step[]::new));

            assertThat(loser.count("orders where true")).isZero();
            assertThat(loser.count("credit_entry where true")).isZero();
            assertThat(loser.count("cart where state = 'OPEN'")).isZero();
            assertThat(survivor.count("orders where true")).isPositive();
            assertThat(theatre.count("select count(*) from credit_books(array['" + survivor.id() + "', '" + loser.id()
                            + "']::uuid[]) where exposure <> entered or entered <> owed"))
                    .isZero();
        }
    }

    @Test
    void ofTwoMergesInOppositeDirectionsOneIsDone() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var one = Member.join(theatre);
            var other = Member.join(theatre);
            var done = new AtomicInteger();

            AtOnce.run(() -> count(done, () -> merge(one, other)), () -> count(done, () -> merge(other, one)));

            assertThat(done).hasValue(1);
            assertThat(theatre.count("select count(*) from customer where merged_into is not null and customer_id in ('"
                            + one.id() + "', '" + other.id() + "')"))
                    .isOne();
        }
    }

    @Test
    void changeOfAddressAtTheSameTimeComesBeforeTheMergeOrNotAtAll() throws Exception {
        var functions = theatre.server().bean(Functions.class);
        for (int round = 0; round < ROUNDS; round++) {
            var survivor = Member.join(theatre);
            var loser = Member.join(theatre);
            var link = theatre.value(
                    "select mail_account_link('CHANGE_EMAIL', '" + loser.id() + "', 600, 'new-" + loser.id()
                            + "@example.org', 'new-" + loser.id() + "@example.org')",
                    UUID.class);

            AtOnce.run(
                    () -> Awaited.of(functions.call(
                            "confirm_email", Map.of("linkId", link, "matchKey", "00", "revertSeconds", 600))),
                    () -> {
                        var merged = false;
                        while (!merged) {
                            merged = merge(survivor, loser);
                        }
                    });

            assertThat(loser.count("customer_email where true")).isZero();
            assertThat(survivor.count("customer_email where until is null")).isOne();
            assertThat(survivor.count("customer_email where email = '" + survivor.email() + "' and until is null"))
                    .isOne();
            assertThat(theatre.count("select count(*) from account_link where used_at is null and voided_at is null and"
                            + " customer_id in ('" + survivor.id() + "', '" + loser.id() + "')"))
                    .isZero();
        }
    }

    private interface Try {

        boolean done() throws Exception;
    }

    private interface Call {

        Object run() throws Exception;
    }

    private static void count(AtomicInteger done, Try merge) throws Exception {
        try {
            if (merge.done()) {
                done.incrementAndGet();
            }
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isEqualTo(409);
        }
    }

    /** False when something has changed since the preview. */
    private static boolean merge(Member survivor, Member loser) throws ApiException {
        var digest = merges.previewMerge(
                        new MergePair().survivorId(survivor.id()).loserId(loser.id()))
                .getDigest();
        try {
            merges.mergeCustomers(
                    UUID.randomUUID(),
                    new MergeRequest()
                            .survivorId(survivor.id())
                            .loserId(loser.id())
                            .digest(digest)
                            .reason("Registered twice"));
            return true;
        } catch (ApiException stale) {
            if (stale.getCode() == 412) {
                return false;
            }
            throw stale;
        }
    }

    /** Signed out by the merge, or overtaken by it. */
    private static void orRefused(Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException refused) {
            assertThat(refused.getCode()).isIn(Set.of(401, 409, 412));
        }
    }
}
