package dev.abendkasse.server.outbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.OutboxApi;
import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.office.model.OutboxMessage;
import dev.abendkasse.office.model.OutboxMessageState;
import dev.abendkasse.office.model.OutboxQueue;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff can do with messages that could not leave, over HTTP. */
class OutboxDeskTests {

    /** Nobody sends this kind, so that nothing happens to it behind the test's back. */
    private static final String KIND = "PIGEON";

    private static Theatre theatre;
    private static OutboxApi outbox;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.outbox.look-every", "1h"));
        outbox = theatre.office().outbox();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @BeforeEach
    void forgetTheOthers() {
        Theatre.execute(theatre.db(), "delete from outbox_message where kind = 'PIGEON'");
    }

    @Test
    void deadMessageIsShownWithItsReasonButWithoutItsContent() throws ApiException {
        var id = dead("letter-1");

        var page = outbox.listOutboxMessages(null, KIND, null, null);

        assertThat(page.getNextCursor()).isNull();
        assertThat(page.getItems()).singleElement().satisfies(message -> {
            assertThat(message.getMessageId()).isEqualTo(id);
            assertThat(message.getKey()).isEqualTo("letter-1");
            assertThat(message.getState()).isEqualTo(OutboxMessageState.DEAD);
            assertThat(message.getTries()).isEqualTo(20);
            assertThat(message.getLastError()).isEqualTo("It rains");
            assertThat(message.getDueAt()).isNull();
            assertThat(message.getEndedAt()).isNotNull();
        });
        assertThat(page.toString()).doesNotContain("buyer@example.org");
    }

    @Test
    void messagesAreListedByStateTheOldestFirstPageByPage() throws ApiException {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            ids.add(dead("letter-" + i));
        }
        var waiting = message("WAITING", "letter-w");

        var listed = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = outbox.listOutboxMessages(OutboxQueue.DEAD, KIND, cursor, 2);
            assertThat(page.getItems()).hasSizeLessThanOrEqualTo(2);
            page.getItems().forEach(message -> listed.add(message.getMessageId()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(listed).containsExactlyElementsOf(ids);
        assertThat(outbox.listOutboxMessages(OutboxQueue.WAITING, KIND, null, null)
                        .getItems())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.getMessageId()).isEqualTo(waiting);
                    assertThat(message.getDueAt()).isNotNull();
                });
        assertThat(outbox.listOutboxMessages(OutboxQueue.DEAD, "OTHER", null, null)
                        .getItems())
                .isEmpty();
    }

    @Test
    void deadMessageThatIsSentAgainLeavesAtOnce() throws ApiException {
        var order = (Outcome.PaymentRequired) theatre.checkOut(theatre.hold(theatre.seats("r1-1")), PaymentMethod.CARD);
        Theatre.execute(
                theatre.db(),
                "update outbox_message set state = 'DEAD', ended_at = clock_timestamp(), tries = 20"
                        + " where kind = 'PAYMENT_CANCEL'");
        var dead = outbox.listOutboxMessages(null, "PAYMENT_CANCEL", null, null)
                .getItems()
                .getFirst();
        assertThat(dead.getKey()).isEqualTo(order.payment().getPaymentId().toString());

        var retried = outbox.retryOutboxMessage(dead.getMessageId());

        assertThat(retried.getState()).isEqualTo(OutboxMessageState.WAITING);
        assertThat(retried.getTries()).isZero();
        PayPage.await(
                () -> theatre.count("select count(*) from sandbox_payment where state = 'CANCELLED' and payment_id = '"
                        + dead.getKey() + "'"),
                cancelled -> cancelled == 1);
    }

    @Test
    void sendingAgainTwiceChangesNothingMore() throws ApiException {
        var id = dead("letter-1");

        var first = outbox.retryOutboxMessage(id);

        assertThat(outbox.retryOutboxMessage(id)).isEqualTo(first);
    }

    @Test
    void dismissedMessageKeepsWhoDismissedItFirstAndWhy() throws ApiException {
        var id = dead("letter-1");

        var dismissed = outbox.dismissOutboxMessage(id, note("Told by phone."));

        assertThat(dismissed.getState()).isEqualTo(OutboxMessageState.DISMISSED);
        assertThat(dismissed.getDismissedBy()).isEqualTo("admin");
        assertThat(dismissed.getDismissalNote()).isEqualTo("Told by phone.");
        assertThat(outbox.dismissOutboxMessage(id, note("Another reason."))).isEqualTo(dismissed);
        assertThat(outbox.listOutboxMessages(null, KIND, null, null).getItems()).isEmpty();
    }

    @Test
    void messageThatWasDismissedByMistakeCanStillBeSent() throws ApiException {
        var id = dead("letter-1");
        outbox.dismissOutboxMessage(id, note("Told by phone."));

        var retried = outbox.retryOutboxMessage(id);

        assertThat(retried.getState()).isEqualTo(OutboxMessageState.WAITING);
        assertThat(retried.getDismissedBy()).isNull();
        assertThat(retried.getDismissalNote()).isNull();
    }

    @Test
    void whatHasLeftOrWaitsIsNotForStaffToDecide() {
        var done = message("DONE", "letter-d");
        var waiting = message("WAITING", "letter-w");

        Problems.expect(409, "outbox-message-state-conflict", () -> outbox.retryOutboxMessage(done));
        Problems.expect(409, "outbox-message-state-conflict", () -> outbox.dismissOutboxMessage(done, note("x")));
        Problems.expect(409, "outbox-message-state-conflict", () -> outbox.dismissOutboxMessage(waiting, note("x")));
        Problems.expect(404, "outbox-message-not-found", () -> outbox.retryOutboxMessage(UUID.randomUUID()));
        Problems.expect(
                404, "outbox-message-not-found", () -> outbox.dismissOutboxMessage(UUID.randomUUID(), note("x")));
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        Problems.expect(400, "invalid-request", () -> outbox.listOutboxMessages(null, "no kind", null, null));
        Problems.expect(400, "invalid-request", () -> outbox.listOutboxMessages(null, null, "bm8gY3Vyc29y", null));
        Problems.expect(400, "invalid-request", () -> outbox.listOutboxMessages(null, null, null, 101));
        var id = dead("letter-1");
        Problems.expect(400, "invalid-request", () -> outbox.dismissOutboxMessage(id, note("")));
        Problems.expect(400, "invalid-request", () -> outbox.dismissOutboxMessage(id, note(" \n ")));
        Problems.expect(400, "invalid-request", () -> outbox.dismissOutboxMessage(id, note("x".repeat(1001))));
    }

    @Test
    void twoWhoDecideAtOnceLeaveOneDecision() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                var id = dead("letter-" + round);

                var answers = threads.invokeAll(List.<Callable<OutboxMessage>>of(
                        () -> outbox.retryOutboxMessage(id), () -> outbox.dismissOutboxMessage(id, note("Told."))));

                var states = new ArrayList<OutboxMessageState>();
                for (var answer : answers) {
                    if (answer.state() == Future.State.SUCCESS) {
                        states.add(answer.resultNow().getState());
                    }
                }
                assertThat(states).contains(stateOf(id));
            }
        }
    }

    private static OutboxDismissal note(String text) {
        return new OutboxDismissal().note(text);
    }

    private static UUID dead(String key) {
        return message("DEAD", key);
    }

    private static UUID message(String state, String key) {
        return Awaited.of(theatre.db()
                .sql("""
                        insert into outbox_message (kind, key, payload, state, tries, last_error, ended_at)
                        values ('PIGEON', :key, '{"to": "buyer@example.org"}', :state, 20, 'It rains',
                                case when :state <> 'WAITING' then clock_timestamp() end)
                        returning message_id
                        """)
                .bind("key", key)
                .bind("state", state)
                .mapValue(UUID.class)
                .one());
    }

    private static OutboxMessageState stateOf(UUID id) {
        return Awaited.of(theatre.db()
                .sql("select state from outbox_message where message_id = '" + id + "'")
                .mapValue(String.class)
                .one()
                .map(OutboxMessageState::valueOf));
    }
}
