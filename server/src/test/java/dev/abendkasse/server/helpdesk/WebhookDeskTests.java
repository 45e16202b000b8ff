package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A help desk of any kind: what it is sent, and what it sends. */
class WebhookDeskTests {

    private static WebhookDeskStub desk;
    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        desk = new WebhookDeskStub();
        theatre = Theatre.open(desk.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        desk.close();
    }

    @BeforeEach
    void nameNoTicket() {
        desk.namesNoTicket();
    }

    @Test
    void caseIsToldFromItsOpeningToItsEndAndItsTicketMayBeNamed() throws Exception {
        desk.namesTicket("31042");
        var matter = Matter.opened(theatre);
        assertThat(matter.ticket().getNumber()).isEqualTo("31042");
        assertThat(matter.ticket().getUrl()).hasToString("https://help.example.org/7");
        desk.namesTicket("other");
        matter.comment("Known to us");
        matter.reject();

        var received = desk.received(matter.caseNumber(), 3);

        assertThat(received)
                .extracting(WebhookDeskTests::type)
                .containsExactly("case.opened", "case.changed", "case.ended");
        assertThat(received)
                .extracting(request -> request.getHeader("webhook-id"))
                .doesNotHaveDuplicates();
        assertThat(received).allSatisfy(request -> {
            assertThat(WebhookDeskStub.isSigned(request, WebhookDeskStub.SECRET))
                    .isTrue();
            assertThat(WebhookDeskStub.isSigned(request, WebhookDeskStub.NEXT_SECRET))
                    .isTrue();
        });
        var opened = WebhookDeskStub.json(received.getFirst()).path("data");
        assertThat(opened.path("title").asString())
                .isEqualTo("Case " + matter.caseNumber() + ": an order over the credit limit");
        assertThat(opened.at("/buyer/email").asString()).isEqualTo(matter.email());
        assertThat(opened.at("/amount/amount").asLong()).isEqualTo(10_000);
        var changed = WebhookDeskStub.json(received.get(1)).path("data");
        assertThat(changed.at("/message/kind").asString()).isEqualTo("COMMENT");
        assertThat(changed.at("/message/text").asString()).isEqualTo("Known to us");
        assertThat(changed.path("ticketNumber").asString()).isEqualTo("31042");
        var ended = WebhookDeskStub.json(received.get(2)).path("data");
        assertThat(ended.path("state").asString()).isEqualTo("REJECTED");
        assertThat(ended.path("text").asString()).isEqualTo("The case has ended: rejected, by admin.");
        assertThat(matter.ticket().getNumber()).as("the first counts").isEqualTo("31042");
    }

    @Test
    void d2WhatMayHaveArrivedComesAgainUnderItsId() throws Exception {
        desk.losesItsAnswers();
        var matter = Matter.opened(theatre);
        matter.awaitMessage("last_error like '%cannot be reached%'");
        desk.namesNoTicket();

        matter.letTimePass();
        matter.awaitMessage("state = 'DONE'");

        var received = desk.received(matter.caseNumber(), 2);
        assertThat(received)
                .extracting(request -> request.getHeader("webhook-id"))
                .containsOnly(received.getFirst().getHeader("webhook-id"));
        assertThat(received)
                .extracting(LoggedRequest::getBodyAsString)
                .containsOnly(received.getFirst().getBodyAsString());
    }

    @Test
    void p8MessageIsKeptOnceAndNamesTheTicketIfNothingElseHas() throws Exception {
        var matter = Matter.opened(theatre);
        var id = UUID.randomUUID().toString();
        var body = message(id, matter.caseNumber(), "Called the school.", "31042");

        send(body, WebhookDeskStub.SECRET)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.messageId")
                .isEqualTo(id);
        send(body, WebhookDeskStub.NEXT_SECRET).expectStatus().isOk();
        send(message(id, matter.caseNumber(), "Another text", "9"), WebhookDeskStub.SECRET)
                .expectStatus()
                .isOk();

        assertThat(matter.fromHelpDesk()).containsExactly("Emma: Called the school.");
        assertThat(matter.file().getTicket().getNumber()).isEqualTo("31042");
    }

    @Test
    void p10WhatTheHelpDeskHasNotSignedOrLongAgoChangesNothing() throws Exception {
        var matter = Matter.opened(theatre);
        var body = message("forged", matter.caseNumber(), "Forged", "1");
        var other = "whsec_" + "A".repeat(40);
        var old = Instant.now().minusSeconds(360);

        refused(send(body, other), 401, "signature-invalid");
        refused(send(body, Instant.now(), "v1,AAAA"), 401, "signature-invalid");
        refused(
                send(body, old, WebhookDeskStub.sign("msg-1", old, body, WebhookDeskStub.SECRET)),
                401,
                "signature-invalid");

        assertThat(matter.fromHelpDesk()).isEmpty();
        assertThat(matter.file().getTicket()).isNull();
    }

    @Test
    void messageAboutNoCaseIsRefused() {
        refused(send(message("1", "5724098311", "Which case?", "1"), WebhookDeskStub.SECRET), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "[]",
                "{}",
                "{\"messageId\":\"m\",\"caseNumber\":\"5724098311\"}",
                "{\"messageId\":\"m\",\"caseNumber\":\"12\",\"text\":\"x\"}",
                "{\"messageId\":\"m\",\"caseNumber\":\"5724098311\",\"text\":\"\"}",
                "{\"messageId\":{},\"caseNumber\":\"5724098311\",\"text\":\"x\"}"
            })
    void p10MalformedMessagesAreRefused(String body) {
        send(body, WebhookDeskStub.SECRET).expectStatus().isBadRequest();
    }

    @Test
    void p13HugeMessageIsRefused() {
        refused(send("\"" + "x".repeat(70_000) + "\"", WebhookDeskStub.SECRET), 413, "content-too-large");
    }

    @Test
    void b7BlockedBuyersPurchaseIsNoMatterForTheHelpDeskAndAnEndByABlockLooksLikeAnyOther() throws Exception {
        var matter = Matter.opened(theatre);
        desk.received(matter.caseNumber(), 1);
        var before = told();
        Theatre.execute(
                theatre.db(),
                "insert into blacklist_entry (customer_id, reason, created_by) values ('"
                        + matter.customer().value() + "', 'A test', 'admin')");
        var buyers = new Buyers(theatre.server(), theatre.db());

        var outcome = Awaited.of(buyers.hold(
                        matter.customer(), new Selection(theatre.performance(), null, "ga", 2, "full"))
                .flatMap(cart -> buyers.checkOut(cart, matter.customer(), PurchaseMethod.INVOICE, matter.email())));

        assertThat(outcome).isInstanceOf(CheckoutOutcome.Redirect.class);
        assertThat(told()).isEqualTo(before);
        matter.reject();
        var last = desk.received(matter.caseNumber(), 2).getLast().getBodyAsString();
        assertThat(last).contains("\"text\":\"The case has ended: rejected, by admin.\"");
        assertThat(last.toLowerCase(java.util.Locale.ROOT)).doesNotContain("block", "blacklist", "too much");
    }

    private static long told() {
        return theatre.count("select count(*) from help_desk_entry");
    }

    private static String type(LoggedRequest request) {
        return WebhookDeskStub.json(request).path("type").asString();
    }

    private static String message(String id, String caseNumber, String text, String ticket) {
        return """
                {"messageId":"%s","caseNumber":"%s","author":"Emma","text":"%s","ticketNumber":"%s"}\
                """.formatted(id, caseNumber, text, ticket);
    }

    private static WebTestClient.ResponseSpec send(String body, String secret) {
        var now = Instant.now();
        return send(body, now, WebhookDeskStub.sign("msg-1", now, body, secret));
    }

    private static WebTestClient.ResponseSpec send(String body, Instant at, String signature) {
        return theatre.server()
                .http()
                .post()
                .uri("/v1/help-desk-messages/webhook")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "msg-1")
                .header("Webhook-Timestamp", Long.toString(at.getEpochSecond()))
                .header("Webhook-Signature", signature)
                .bodyValue(body)
                .exchange();
    }

    private static void refused(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}
