package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.OutboxDismissal;
import dev.abendkasse.sdk.model.CaseAnswer;
import dev.abendkasse.server.helpdesk.ZammadStub.Mishap;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** What Zammad is told of cases, and that it is told once. */
class ZammadJourneyTests {

    private static ZammadStub zammad;
    private static Postbox postbox;
    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        zammad = new ZammadStub();
        postbox = Postbox.open();
        var settings = new HashMap<String, Object>(postbox.settings());
        settings.putAll(zammad.settings());
        theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set case_page_url = 'https://shop.example.org/case'");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
        zammad.close();
    }

    @Test
    void caseBecomesATicketWhoseNumberStaffSee() throws Exception {
        var matter = Matter.opened(theatre);
        var version = matter.version();

        var shown = matter.ticket();

        var ticket = zammad.ticketsOf(matter.caseNumber()).getFirst();
        assertThat(shown.getHelpDesk()).isEqualTo("zammad");
        assertThat(shown.getNumber()).isEqualTo(text(ticket, "number"));
        assertThat(shown.getUrl())
                .hasToString(
                        zammad.baseUrl() + "/#ticket/zoom/" + ticket.path("id").asInt());
        assertThat(matter.version()).as("nobody decides on the ticket").isEqualTo(version);
        assertThat(text(ticket, "title"))
                .isEqualTo("Vorgang " + matter.caseNumber() + ": Auftrag über dem Kreditlimit");
        assertThat(text(ticket, "group")).isEqualTo("Box office");
    }

    @Test
    void ticketSaysWhatItIsAboutAndNotWhoTheBuyerIs() throws Exception {
        var matter = Matter.opened(theatre);
        matter.ticket();

        var article = zammad.articlesOf(matter.caseNumber()).getFirst();

        assertThat(article.path("internal").asBoolean()).isTrue();
        assertThat(text(article, "content_type")).isEqualTo("text/plain");
        assertThat(text(article, "body").replace('\u00a0', ' '))
                .startsWith("Vorgangsnummer: " + new CaseNumber(matter.caseNumber()).grouped())
                .contains(
                        "Betrag: 100,00 €",
                        "Plätze gehalten bis: ",
                        "Hier entscheiden: https://office.example.org/cases/" + matter.caseNumber(),
                        "Genauer anzusehen:\n- der Auftrag überschreitet das Limit um ",
                        "- das Konto ist 0 Tage alt (vermerkt unter 30)")
                .doesNotContain("Example Buyer", matter.email());
        assertThat(text(zammad.ticketsOf(matter.caseNumber()).getFirst(), "customer_id"))
                .isEqualTo("guess:box-office@theatre.example");
    }

    @Test
    void d2TicketIsMadeOnceThoughTheHelpDeskFailsAndItsAnswerIsLost() throws Exception {
        zammad.goesWrong(Mishap.FAILURE, Mishap.LOST_ANSWER);
        var matter = Matter.opened(theatre);
        matter.awaitMessage("last_error like '%answered 500%'");
        matter.letTimePass();
        matter.awaitMessage("last_error like '%cannot be reached%'");
        assertThat(matter.file().getTicket()).isNull();

        matter.letTimePass();

        assertThat(matter.ticket().getNumber())
                .isEqualTo(text(zammad.ticketsOf(matter.caseNumber()).getFirst(), "number"));
        assertThat(zammad.ticketsOf(matter.caseNumber())).hasSize(1);
        assertThat(zammad.articlesOf(matter.caseNumber())).hasSize(1);
    }

    @Test
    void d2NoteStandsInTheTicketOnceThoughItsAnswerIsLost() throws Exception {
        var matter = Matter.opened(theatre);
        matter.ticket();
        matter.awaitMessage("state = 'DONE'");
        zammad.goesWrong(Mishap.LOST_ANSWER);

        matter.comment("The school has paid before.");
        matter.awaitMessage("last_error like '%cannot be reached%'");
        matter.letTimePass();
        matter.awaitMessage("state = 'DONE'");

        assertThat(notes(matter)).containsExactly("admin hat vermerkt:\n\nThe school has paid before.");
    }

    @Test
    void whatIsSaidWhileTheTicketIsNotThereFollowsItInItsOrderAndTheEndClosesIt() throws Exception {
        zammad.goesWrong(Mishap.FAILURE);
        var matter = Matter.opened(theatre);
        matter.awaitMessage("last_error is not null");
        matter.comment("One");
        matter.ask("When does the school pay?");
        matter.buyer()
                .customerCases()
                .answerCase(matter.caseNumber(), UUID.randomUUID(), new CaseAnswer().text("On the first."));
        matter.approve();
        assertThat(zammad.ticketsOf(matter.caseNumber())).isEmpty();

        matter.letTimePass();
        matter.awaitMessage("state = 'DONE'");

        assertThat(notes(matter))
                .containsExactly(
                        "admin hat vermerkt:\n\nOne",
                        "admin hat den Kunden gefragt:\n\nWhen does the school pay?",
                        "Der Kunde hat geantwortet:\n\nOn the first.",
                        "Der Vorgang ist beendet: genehmigt, durch admin.");
        assertThat(text(zammad.ticketsOf(matter.caseNumber()).getFirst(), "state"))
                .isEqualTo("closed");
    }

    @Test
    void whatIsSaidAllAtOnceToTwoReplicasIsToldOnceEach() throws Exception {
        var matter = Matter.opened(theatre);
        try (var replica = theatre.replica(zammad.settings())) {
            var there = new Matter(replica, matter.email(), matter.customer(), matter.caseNumber(), matter.order());
            var said = IntStream.range(0, 12).mapToObj(i -> "Said " + i).toList();

            Awaited.last(Flux.range(0, said.size())
                    .flatMap(i -> Mono.fromCallable(() -> {
                                (i % 2 == 0 ? matter : there).comment(said.get(i));
                                return i;
                            })
                            .subscribeOn(Schedulers.boundedElastic())));
            matter.awaitMessage("state = 'DONE'");

            assertThat(notes(matter))
                    .containsExactlyInAnyOrderElementsOf(said.stream()
                            .map(text -> "admin hat vermerkt:\n\n" + text)
                            .toList());
            assertThat(zammad.ticketsOf(matter.caseNumber())).hasSize(1);
        }
    }

    @Test
    void c9CaseThatRunsOutClosesItsTicket() throws Exception {
        var matter = Matter.opened(theatre);
        matter.ticket();
        theatre.letTimePass(matter.order());
        Theatre.execute(theatre.db(), "select expire_orders('{\"caseNumbers\": [\"5724098311\"]}')");

        PayPage.await(() -> notes(matter), notes -> !notes.isEmpty());

        assertThat(notes(matter)).containsExactly("Der Vorgang ist beendet: die Zeit ist abgelaufen.");
    }

    @Test
    void busyHelpDeskIsLeftAloneForAsLongAsItWants() throws Exception {
        zammad.goesWrong(Mishap.BUSY);
        var matter = Matter.opened(theatre);

        matter.awaitMessage("last_error like '%429%' and due_at > clock_timestamp() + interval '14 minutes'");
        matter.letTimePass();

        matter.ticket();
    }

    @Test
    void whatTheHelpDeskRefusesIsForPeopleAndOnceDismissedItHoldsUpNothing() throws Exception {
        zammad.goesWrong(Mishap.REFUSAL);
        var matter = Matter.opened(theatre);
        matter.awaitMessage("state = 'DEAD' and last_error like '%422%'");
        var id = Awaited.of(theatre.db()
                .sql("select message_id from outbox_message where kind = 'HELP_DESK' and key = :key")
                .bind("key", matter.caseNumber())
                .mapValue(UUID.class)
                .one());
        theatre.office().outbox().dismissOutboxMessage(id, new OutboxDismissal().note("The group was closed"));

        matter.comment("A case without a ticket");
        matter.awaitMessage("state = 'DONE'");

        assertThat(matter.ticket().getNumber()).isNotBlank();
        assertThat(notes(matter)).containsExactly("admin hat vermerkt:\n\nA case without a ticket");
    }

    @Test
    void helpDeskThatHangsHoldsUpNoMails() throws Exception {
        zammad.isDown(true);
        try {
            var matters = Stream.generate(() -> Matter.opened(theatre)).limit(5).toList();

            for (var matter : matters) {
                assertThat(postbox.mailTo(matter.email()).getSubject()).isNotBlank();
                matter.awaitMessage("last_error like '%in time%'");
                assertThat(matter.file().getTicket()).isNull();
            }
            zammad.isDown(false);
            for (var matter : matters) {
                matter.letTimePass();
                matter.ticket();
                assertThat(zammad.ticketsOf(matter.caseNumber())).hasSize(1);
            }
        } finally {
            zammad.isDown(false);
        }
    }

    /** Without their marks. The article that came with the ticket is none of them. */
    private static List<String> notes(Matter matter) {
        var articles = zammad.articlesOf(matter.caseNumber());
        return articles.subList(1, articles.size()).stream()
                .map(article -> text(article, "body").replaceFirst("\n\n\\(Abendkasse [0-9a-f-]{36}\\)$", ""))
                .toList();
    }

    private static String text(ObjectNode node, String member) {
        return node.path(member).asString();
    }
}
