package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Zammad's webhooks bring. */
class ZammadMessageTests {

    private static ZammadStub zammad;
    private static Theatre theatre;
    private static int lastArticle = 90_000;

    @BeforeAll
    static void openTheTheatre() {
        zammad = new ZammadStub();
        theatre = Theatre.open(zammad.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        zammad.close();
    }

    @Test
    void p8ArticleBecomesACommentOnceAndOnlyStaffSeeIt() throws Exception {
        var matter = withTicket();
        var body = told(matter, ++lastArticle, 5, "Agent", "<div>Called the school.<br>They pay &amp; come.</div>");

        take(body, ZammadStub.SECRET).jsonPath("$.messageId").isEqualTo(Integer.toString(lastArticle));
        take(body, ZammadStub.NEXT_SECRET).jsonPath("$.messageId").isEqualTo(Integer.toString(lastArticle));

        assertThat(matter.fromHelpDesk())
                .containsExactly("Emma Taylor <emma@example.org>: Called the school.\nThey pay & come.");
        var seen = matter.buyer().customerCases().getCase(matter.caseNumber());
        assertThat(seen.toString()).doesNotContain("Called the school", "Emma");
        assertThat(zammad.articlesOf(matter.caseNumber()))
                .as("what came from there does not go back")
                .hasSize(1);
    }

    @Test
    void commentOnACaseThatHasEndedIsKept() throws Exception {
        var matter = withTicket();
        matter.approve();
        matter.awaitMessage("state = 'DONE'");

        take(told(matter, ++lastArticle, 5, "Customer", "Thank you"), ZammadStub.SECRET);

        assertThat(matter.fromHelpDesk()).hasSize(1);
    }

    @Test
    void whatWeWroteDoesNotComeBack() throws Exception {
        var matter = withTicket();
        matter.comment("Ours");
        matter.awaitMessage("state = 'DONE'");

        for (var article : zammad.articlesOf(matter.caseNumber())) {
            var body = told(
                    matter,
                    article.path("id").asInt(),
                    ZammadStub.OUR_USER,
                    "Agent",
                    article.path("body").asString());
            take(body, ZammadStub.SECRET);
        }

        assertThat(matter.fromHelpDesk()).isEmpty();
    }

    @Test
    void whatWeWroteIsKnownByItsMarkBeforeItsNameIsButNotWhereOthersQuoteIt() throws Exception {
        var matter = withTicket();
        var first =
                zammad.articlesOf(matter.caseNumber()).getFirst().path("body").asString();

        take(told(matter, ++lastArticle, ZammadStub.OUR_USER, "Agent", first), ZammadStub.SECRET);
        assertThat(matter.fromHelpDesk()).isEmpty();

        take(told(matter, ++lastArticle, 5, "Agent", "See below. > " + first), ZammadStub.SECRET);
        take(told(matter, ++lastArticle, ZammadStub.OUR_USER, "Agent", "Not ours though"), ZammadStub.SECRET);
        assertThat(matter.fromHelpDesk()).hasSize(2);
    }

    @Test
    void whatNobodyHasWrittenIsTakenAndForgotten() throws Exception {
        var matter = withTicket();

        take(told(matter, ++lastArticle, 1, "System", "The mail could not be sent"), ZammadStub.SECRET);
        take(told(matter, ++lastArticle, 5, "Agent", "<div> <img src=\"x\"></div>"), ZammadStub.SECRET);
        take("{\"ticket\":{\"id\":" + ticketOf(matter) + "},\"article\":{}}", ZammadStub.SECRET)
                .jsonPath("$.messageId")
                .isEqualTo("delivery-1");
        take("{\"ticket\":{\"id\":4242},\"article\":{\"id\":1,\"body\":\"Of another\"}}", ZammadStub.SECRET);

        assertThat(matter.fromHelpDesk()).isEmpty();
        assertThat(kept()).isEqualTo(keptOf(matter));
    }

    @Test
    void p10WhatZammadHasNotSignedChangesNothing() throws Exception {
        var matter = withTicket();
        var body = told(matter, ++lastArticle, 5, "Agent", "Forged");

        refused(send(body, signature(body, "another")), 401, "signature-invalid");
        refused(send(body + " ", signature(body, ZammadStub.SECRET)), 401, "signature-invalid");
        refused(send(body, signature(body, ZammadStub.SECRET).replace("sha1=", "")), 401, "signature-invalid");
        refused(send(body, ""), 401, "signature-invalid");

        assertThat(matter.fromHelpDesk()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "7", "{}", "{\"ticket\":{\"id\":\"x\"}}", "{\"ticket\":[]}"})
    void p10MalformedBodiesAreRefused(String body) {
        var before = kept();

        refused(send(body, signature(body, ZammadStub.SECRET)), 400, "malformed-request");

        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void p13HugeBodiesAreRefusedAndLongArticlesAreCut() throws Exception {
        var matter = withTicket();
        var huge = told(matter, ++lastArticle, 5, "Agent", "x".repeat(1024 * 1024));
        refused(send(huge, signature(huge, ZammadStub.SECRET)), 413, "content-too-large");

        take(told(matter, ++lastArticle, 5, "Agent", "\u0000y" + "🎭".repeat(100_000)), ZammadStub.SECRET);

        var text = matter.file().getMessages().getLast().getText();
        assertThat(text).startsWith("y🎭").hasSizeBetween(9_998, 10_000);
    }

    @Test
    void otherHelpDesksAreNotHeard() {
        theatre.server()
                .http()
                .post()
                .uri("/v1/help-desk-messages/zammad")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Webhook-Id", "1")
                .header("Webhook-Timestamp", "1")
                .header("Webhook-Signature", "v1,x")
                .bodyValue("{\"messageId\":\"1\",\"caseNumber\":\"5724098311\",\"text\":\"x\"}")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private static Matter withTicket() throws Exception {
        var matter = Matter.opened(theatre);
        matter.ticket();
        matter.awaitMessage("state = 'DONE'");
        return matter;
    }

    private static int ticketOf(Matter matter) {
        return zammad.ticketsOf(matter.caseNumber()).getFirst().path("id").asInt();
    }

    /** As Zammad sends it, with some of the many fields that are of no concern. */
    private static String told(Matter matter, int article, int user, String sender, String text) {
        var json = JsonMapper.shared();
        ObjectNode body = json.createObjectNode();
        var ticket = zammad.ticketsOf(matter.caseNumber()).getFirst();
        ticket.putObject("customer").put("vip", false);
        body.set("ticket", ticket);
        body.putObject("article")
                .put("id", article)
                .put("ticket_id", ticket.path("id").asInt())
                .put("body", text)
                .put("content_type", text.startsWith("<") ? "text/html" : "text/plain")
                .put("from", "Emma Taylor <emma@example.org>")
                .put("sender", sender)
                .put("created_by_id", user)
                .put("internal", true);
        return body.toString();
    }

    private static WebTestClient.BodyContentSpec take(String body, String secret) {
        return send(body, signature(body, secret)).expectStatus().isOk().expectBody();
    }

    private static WebTestClient.ResponseSpec send(String body, String signature) {
        return theatre.server()
                .http()
                .post()
                .uri("/v1/zammad-messages")
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-Hub-Signature", signature)
                .header("X-Zammad-Delivery", "delivery-1")
                .bodyValue(body)
                .exchange();
    }

    private static String signature(String body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return "sha1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refused(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }

    private static long kept() {
        return theatre.count("select count(*) from case_message where kind = 'HELP_DESK'");
    }

    private static long keptOf(Matter matter) {
        return theatre.count("select count(*) from case_message where kind = 'HELP_DESK' and case_number <> '"
                + matter.caseNumber() + "'");
    }
}
