package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.newsletter.Readers.Reader;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.Theatre;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Issues that are being sent while the world goes on. */
class DispatchRaceTests {

    private static final int READERS = Scale.of(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As soon as one of these is answered, no mail may begin to leave. */
    private static final List<String> ENDS = List.of(
            "select withdraw_consent('%1$s', 'ACCOUNT')",
            "update customer set locked_at = clock_timestamp(), locked_by = 'admin' where customer_id = '%1$s'",
            "update customer set password_hash = null where customer_id = '%1$s'",
            "select change_address('%1$s')",
            "select erase('%1$s')");

    @Test
    void p9AndP11WhoWithdrawsIsLockedOrMovesWhileReplicasSendAnIssueGetsNothingAfterwardsAndTheOthersOneMail()
            throws Exception {
        try (var postbox = Postbox.open();
                var theatre = Readers.open(postbox, Map.of("abendkasse.newsletter.batch", 7));
                var replica = theatre.replica(Readers.settings(postbox))) {
            assertThat(replica.address()).isNotEqualTo(theatre.address());
            var readers = new Readers(theatre);
            prepare(theatre);
            var all = subscribers(readers, READERS);
            var random = new Random(19);
            var issue = readers.send(readers.draft("Race"));

            for (var reader : all) {
                if (random.nextInt(4) > 0) {
                    Theatre.execute(theatre.db(), ended(reader, ENDS.get(random.nextInt(ENDS.size()))));
                }
            }
            var ended = readers.awaitSent(issue.getIssueId());

            assertThat(ended.getProgress().getWaiting()).isZero();
            assertThat(theatre.count(
                            "select count(*) from begun join ended using (customer_id) where begun.at > ended.at"))
                    .as("mails that began to leave after their reader was told that they will not")
                    .isZero();
            assertThat(theatre.count("select count(*) from newsletter_delivery"))
                    .isEqualTo(all.size());
            assertThat(all.stream()
                            .mapToInt(reader -> postbox.mailsTo(reader.email()).size()))
                    .allMatch(mails -> mails <= 1);
            assertThat(ended.getProgress().getSent()).isEqualTo(postbox.count());
        }
    }

    @Test
    void p9AndP4IssueGoesOnAfterAKillAndReachesEverybodyOnce() throws Exception {
        try (var postbox = Postbox.open();
                var theatre = Readers.open(postbox, Map.of("abendkasse.newsletter.look-every", "1h"))) {
            var readers = new Readers(theatre);
            var all = subscribers(readers, READERS);
            var settings = Readers.settings(postbox);
            settings.put("abendkasse.newsletter.batch", 20);
            settings.put("abendkasse.newsletter.mails-per-minute", 20 * READERS);
            settings.put("abendkasse.mail.time-limit", "3s");
            settings.put("abendkasse.outbox.retry", "5s");
            // Only the process that is killed sends.
            theatre.server().close();
            try (var process = ServerProcess.on(theatre.database(), settings)) {
                process.start();
                process.awaitUp();
                var issue = theatre.value("""
                        insert into newsletter_issue (name, contents, created_by, state, send_at)
                        values ('Killed', '{"de": {"subject": "Killed", "body": "Text"}}', 'admin', 'SCHEDULED', now())
                        returning issue_id
                        """, UUID.class);
                Awaitility.await().atMost(PATIENCE).until(() -> postbox.count() > READERS / 4);
                process.kill();
                var before = postbox.count();
                assertThat(before).isLessThan(READERS);
                process.start();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> theatre.value(
                                        "select state from newsletter_issue where issue_id = '" + issue + "'",
                                        String.class)
                                .equals("SENT"));
            }

            assertThat(theatre.count("select count(*) from newsletter_delivery where state = 'SENT'"))
                    .isEqualTo(all.size());
            for (var reader : all) {
                var ids = postbox.mailsTo(reader.email()).stream()
                        .map(mail -> Readers.header(mail, "Message-ID"))
                        .collect(Collectors.toSet());
                assertThat(ids).hasSize(1);
            }
            assertThat(postbox.count()).isBetween(all.size(), all.size() + 2);
        }
    }

    private static List<Reader> subscribers(Readers readers, int count) {
        return IntStream.range(0, count).mapToObj(_ -> readers.subscriber()).toList();
    }

    /** What is noted by the database's clock: when a mail began to leave, and when somebody was told that none will. */
    private static void prepare(Theatre theatre) {
        for (var statement : statements().toList()) {
            Theatre.execute(theatre.db(), statement);
        }
    }

    private static Stream<String> statements() {
        return Stream.of(
                "create table ended (customer_id uuid, at timestamptz)",
                "create table begun (customer_id uuid, at timestamptz)",
                """
                create function note_begun() returns trigger language plpgsql as $$
                begin
                    if new.state = 'WAITING' and new.email is not null then
                        insert into begun values (new.customer_id, new.decided_at);
                    end if;
                    return new;
                end
                $$
                """,
                "create trigger begun before update on newsletter_delivery for each row execute function note_begun()",
                """
                create function change_address(p_id uuid) returns void language plpgsql as $$
                begin
                    perform from customer where customer_id = p_id for no key update;
                    update customer_email set until = clock_timestamp() where customer_id = p_id and until is null;
                    insert into customer_email (customer_id, email, canonical, match_key)
                    values (p_id, 'new-' || p_id || '@example.org', 'new-' || p_id || '@example.org', sha256('x'));
                end
                $$
                """,
                """
                create function erase(p_id uuid) returns void language plpgsql as $$
                begin
                    perform from customer where customer_id = p_id for update;
                    perform erase_newsletter(p_id);
                    update customer set erased_at = clock_timestamp(), password_hash = null where customer_id = p_id;
                end
                $$
                """);
    }

    /** The end itself, committed, and then the instant after it. */
    private static String ended(Reader reader, String end) {
        return "begin; " + end.formatted(reader.id()) + "; commit; insert into ended values ('" + reader.id()
                + "', clock_timestamp())";
    }
}
