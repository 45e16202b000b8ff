package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Servers and help desks that come and go. */
class HelpDeskRestartTests {

    private static final Map<String, Object> NO_HELP_DESK =
            Map.of("abendkasse.checkout.credit-limit", "0", "abendkasse.order.sweep-every", "1h");

    @Test
    void p4TicketIsMadeOnceThoughTheServerAndTheHelpDeskAreRestarted() throws Exception {
        Matter before;
        Theatre old;
        try (var zammad = new ZammadStub()) {
            zammad.isDown(true);
            var settings = zammad.settings();
            old = Theatre.open(settings);
            try (old) {
                before = Matter.opened(old);
                before.comment("Said before the restart");
                before.awaitMessage("last_error like '%in time%'");
            }
            zammad.isDown(false);

            try (var theatre = old.replica(settings)) {
                var matter =
                        new Matter(theatre, before.email(), before.customer(), before.caseNumber(), before.order());
                matter.letTimePass();
                matter.ticket();
                matter.awaitMessage("state = 'DONE'");

                assertThat(zammad.ticketsOf(matter.caseNumber())).hasSize(1);
                assertThat(zammad.articlesOf(matter.caseNumber())).hasSize(2);
            }
        }
    }

    @Test
    void withoutAHelpDeskNothingIsWrittenDownForItAndALaterOneGetsTheCaseWithItsNextNews() throws Exception {
        try (var zammad = new ZammadStub();
                var theatre = Theatre.open(NO_HELP_DESK)) {
            var early = Matter.opened(theatre);
            early.comment("Nobody hears that");
            assertThat(told(theatre)).isZero();
            assertThat(theatre.count("select count(*) from outbox_message where kind = 'HELP_DESK'"))
                    .isZero();
            refuses(theatre);

            var settings = new HashMap<>(zammad.settings());
            settings.put("abendkasse.help-desk.language", "en");
            settings.put("abendkasse.help-desk.with-buyer", "true");
            try (var replica = theatre.replica(settings)) {
                var matter = new Matter(replica, early.email(), early.customer(), early.caseNumber(), early.order());
                matter.comment("The help desk hears that");

                matter.awaitMessage("state = 'DONE'");
                assertThat(zammad.articlesOf(matter.caseNumber()))
                        .extracting(article -> article.path("body").asString())
                        .satisfiesExactly(
                                opened -> assertThat(opened).contains("About: an order over the credit limit"),
                                note -> assertThat(note).startsWith("admin has noted:\n\nThe help desk hears that"));
                assertThat(zammad.ticketsOf(matter.caseNumber())
                                .getFirst()
                                .path("customer_id")
                                .asString())
                        .isEqualTo("guess:" + matter.email());
                assertThat(matter.ticket().getHelpDesk()).isEqualTo("zammad");
            }
        }
    }

    private static long told(Theatre theatre) {
        return theatre.count("select count(*) from help_desk_entry");
    }

    private static void refuses(Theatre theatre) {
        for (var path : new String[] {"/v1/zammad-messages", "/v1/help-desk-messages/webhook"}) {
            theatre.server()
                    .http()
                    .post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("Webhook-Id", "1")
                    .header("Webhook-Timestamp", "1")
                    .header("Webhook-Signature", "v1,x")
                    .header("X-Hub-Signature", "sha1=00")
                    .bodyValue("{\"messageId\":\"1\",\"caseNumber\":\"5724098311\",\"text\":\"x\"}")
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }
}
