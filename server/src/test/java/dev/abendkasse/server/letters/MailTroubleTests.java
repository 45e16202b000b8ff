package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.server.mail.FakeSmtp;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of a mail when the mail server makes trouble. */
class MailTroubleTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EMAIL = "buyer@example.org";

    private static final Pattern MESSAGE_ID =
            Pattern.compile("^Message-ID: (<[0-9a-f-]{36}@theatre\\.example>)\r\n", Pattern.MULTILINE);

    @Test
    void d2MailThatMayHaveArrivedIsSentAgainUnderTheSameMessageId() throws Exception {
        var ends = new AtomicInteger();
        try (var server = new FakeSmtp(
                        verb -> verb.equals(FakeSmtp.END) && ends.incrementAndGet() == 1 ? FakeSmtp.CUT : null);
                var theatre = Theatre.open(Postbox.settings(server.port()))) {
            buy(theatre);
            await(theatre, "last_error is not null");
            Theatre.execute(theatre.db(), "update outbox_message set due_at = clock_timestamp() where kind = 'MAIL'");

            await(theatre, "state = 'DONE'");
            assertThat(server.mails()).hasSize(2);
            assertThat(server.mails().stream().map(MailTroubleTests::messageId).distinct())
                    .hasSize(1);
            assertThat(theatre.count("select tries from outbox_message where kind = 'MAIL'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void mailThatTheServerRefusesForGoodIsGivenToPeopleAfterOneTryAndNobodysAddressIsNoted() throws Exception {
        try (var server =
                        new FakeSmtp(verb -> verb.equals("RCPT") ? "550 5.1.1 <" + EMAIL + "> is unknown here" : null);
                var theatre = Theatre.open(Postbox.settings(server.port()))) {
            buy(theatre);

            await(theatre, "state = 'DEAD'");
            assertThat(server.mails()).isEmpty();
            assertThat(theatre.count("select tries from outbox_message where kind = 'MAIL'"))
                    .isEqualTo(1);
            assertThat(Awaited.of(theatre.db()
                            .sql("select last_error || payload from outbox_message where kind = 'MAIL'")
                            .mapValue(String.class)
                            .one()))
                    .contains("550 5.1.1")
                    .doesNotContain("@", "Example Buyer");
        }
    }

    private static void buy(Theatre theatre) throws Exception {
        var request = new CheckoutRequest().buyer(Theatre.buyer(EMAIL));
        Theatre.checkOut(theatre.shop(), theatre.hold(theatre.best("free", 1)), UUID.randomUUID(), request);
    }

    private static void await(Theatre theatre, String condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        theatre.count("select count(*) from outbox_message where kind = 'MAIL' and " + condition) == 1);
    }

    private static String messageId(String mail) {
        var found = MESSAGE_ID.matcher(mail);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
