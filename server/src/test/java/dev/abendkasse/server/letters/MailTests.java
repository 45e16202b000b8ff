package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.RetryPolicy;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.document.PdfPages;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What buyers find in their mail, from the checkout to the mail server and back from real MIME. */
class MailTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Postbox postbox;
    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        theatre = Theatre.open(postbox.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "de, Ihre Karten: Faust (Auftrag, Guten Tag Käthe Müßig, 'Gesamt: 0,00'",
        "en, Your tickets: Faust (order, Dear Käthe Müßig, 'Total: €0.00'",
    })
    void confirmedOrderIsMailedInTheLanguageOfItsBuyer(String language, String subject, String greeting, String total)
            throws Exception {
        var email = email();
        var order = ((Outcome.Confirmed) buy(language, email, theatre.best("free", 2), null)).order();

        var mail = postbox.mailTo(email);
        var opened = MailFixture.read(mail);

        assertThat(mail.getSubject()).startsWith(subject).contains(order.getOrderNumber());
        assertThat(mail.getHeader("Content-Language")).containsExactly(language);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("Message-ID"))
                .containsExactly("<" + messageId("order-confirmed:" + order.getOrderId()) + "@theatre.example>");
        assertThat(opened.from()).isEqualTo("Abendkasse <box-office@theatre.example>");
        assertThat(opened.to()).isEqualTo("\"Käthe Müßig\" <" + email + ">");
        assertThat(opened.text()).contains(greeting, "Faust", "Studio", total, "Freikarte");
        assertThat(opened.html()).contains(greeting, "Faust", "Studio", "Freikarte");
    }

    @Test
    void confirmationBringsTheTicketsAsPdf() throws Exception {
        var email = email();
        var order = ((Outcome.Confirmed) buy("de", email, theatre.best("free", 2), null)).order();

        var mail = postbox.mailTo(email);

        assertThat(mail.getContentType()).startsWith("multipart/mixed");
        assertThat(MailFixture.read(mail).text()).contains("Ihre Karten hängen an dieser Nachricht");
        assertThat(MailFixture.read(mail).attachments()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("tickets-" + order.getOrderNumber() + ".pdf");
            assertThat(file.contentType()).isEqualTo("application/pdf");
            assertThat(PdfPages.of(file.content()).count()).isEqualTo(2);
        });
    }

    @Test
    void reservationSaysWhatToPayAndUntilWhenInTheTheatresTime() throws Exception {
        var email = email();
        buy("de", email, theatre.seats("r1-1", "r1-2"), PaymentMethod.PAY_LATER);

        var mail = postbox.mailTo(email);

        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
        assertThat(MailFixture.read(mail).text())
                .contains("Bitte zahlen Sie 100,00\u00a0€ bis ")
                .containsPattern("bis \\w+, \\d+\\. \\S+ \\d{4}, \\d\\d:\\d\\d (MEZ|MESZ)\\.")
                .contains("- Parkett, Reihe 1, Platz 1 (Normal): 50,00\u00a0€");
    }

    @Test
    void m13MailGoesToTheCustomersPresentAddressAndTheOrderKeepsItsOwn() throws Exception {
        var buyers = new Buyers(theatre.server(), theatre.db());
        var before = email();
        var after = email();
        var customer = buyers.customer(before);
        var cart = Awaited.of(
                buyers.hold(customer, new Selection(theatre.performance(), List.of("r2-1"), null, null, null)));
        var order = ((CheckoutOutcome.Reserved)
                        Awaited.of(buyers.checkOut(cart, customer, PurchaseMethod.PAY_LATER, before)))
                .order();
        postbox.mailTo(before);

        Theatre.execute(
                theatre.db(), "update customer_email set until = clock_timestamp() where email = '" + before + "'");
        Theatre.execute(
                theatre.db(),
                "insert into customer_email (customer_id, email, canonical, match_key) values ('" + customer.value()
                        + "', '" + after + "', '" + after + "', 'x')");
        theatre.letTimePass(order.orderId());

        assertThat(postbox.mailTo(after).getSubject()).isEqualTo("Auftrag " + order.orderNumber() + " ist abgelaufen");
        assertThat(postbox.mailsTo(before)).hasSize(1);
        assertThat(Awaited.of(theatre.db()
                        .sql("select buyer ->> 'email' from orders where order_id = '" + order.orderId() + "'")
                        .mapValue(String.class)
                        .one()))
                .isEqualTo(before);
    }

    @Test
    void d17LettersThatNoLongerHoldAreNotSent() throws Exception {
        var email = email();
        var order = ((Outcome.Confirmed) buy("de", email, theatre.best("free", 1), null)).order();
        postbox.mailTo(email);

        for (var letter : List.of("order-expired", "order-reserved", "order-cancelled", "order-under-review")) {
            Theatre.execute(theatre.db(), "select post_mail('" + letter + "', '" + order.getOrderId() + "')");
        }

        awaitNothingWaiting();
        assertThat(postbox.mailsTo(email)).hasSize(1);
    }

    @Test
    void buyerWithoutAnAddressIsNotWrittenTo() throws Exception {
        var order = ((Outcome.Confirmed) buy("de", email(), theatre.best("free", 1), null)).order();
        awaitNothingWaiting();
        var before = postbox.count();
        Theatre.execute(
                theatre.db(),
                "update orders set buyer = buyer - 'email' where order_id = '" + order.getOrderId() + "'");

        Theatre.execute(
                theatre.db(),
                "select post_mail('order-confirmed', '" + order.getOrderId() + "', '{\"about\": \"again\"}')");

        awaitNothingWaiting();
        assertThat(postbox.count()).isEqualTo(before);
        assertThat(theatre.count("select count(*) from outbox_message where state = 'DEAD'"))
                .isZero();
    }

    @Test
    void d2MailOfATransactionThatIsUndoneNeverLeaves() throws Exception {
        var order = ((Outcome.Confirmed) buy("de", email(), theatre.best("free", 1), null)).order();
        awaitNothingWaiting();
        var before = postbox.count();

        Awaited.last(theatre.database().transaction().execute(undone -> {
            undone.setRollbackOnly();
            return theatre.db()
                    .sql("select post_mail('order-confirmed', '" + order.getOrderId() + "', '{\"about\": \"undone\"}')")
                    .then();
        }));

        assertThat(theatre.count("select count(*) from outbox_message where key like '%undone'"))
                .isZero();
        assertThat(postbox.count()).isEqualTo(before);
    }

    @Test
    void d2WhatIsPostedTwiceIsSentOnce() throws Exception {
        var email = email();
        var order = ((Outcome.Confirmed) buy("de", email, theatre.best("free", 1), null)).order();
        postbox.mailTo(email);

        Theatre.execute(theatre.db(), "select post_mail('order-confirmed', '" + order.getOrderId() + "')");

        awaitNothingWaiting();
        assertThat(postbox.mailsTo(email)).hasSize(1);
    }

    @Test
    void severalReplicasSendEachMailOnce() throws Exception {
        var email = email();
        try (var _ = theatre.replica(postbox.settings())) {
            for (int i = 0; i < 20; i++) {
                buy("de", email, theatre.best("free", 1), null);
            }

            awaitNothingWaiting();
            assertThat(postbox.mailsTo(email)).hasSize(20);
        }
    }

    private static Outcome buy(String language, String email, ItemSelection items, PaymentMethod method)
            throws ApiException {
        var shop = AbendkasseClient.at(theatre.address())
                .language(language)
                .retries(RetryPolicy.NONE)
                .build();
        var request = new CheckoutRequest()
                .paymentMethod(method)
                .buyer(Theatre.buyer(email).name("Käthe Müßig"));
        return Theatre.checkOut(shop, theatre.hold(items), UUID.randomUUID(), request);
    }

    private static void awaitNothingWaiting() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        // Reminders wait for their day.
                        theatre.count("select count(*) from outbox_message where kind = 'MAIL' and state = 'WAITING'"
                                        + " and due_at < clock_timestamp() + interval '1 hour'")
                                == 0);
    }

    private static UUID messageId(String key) {
        return Awaited.of(theatre.db()
                .sql("select message_id from outbox_message where kind = 'MAIL' and key = :key")
                .bind("key", key)
                .mapValue(UUID.class)
                .one());
    }

    private static String email() {
        return "buyer-" + UUID.randomUUID() + "@example.org";
    }
}
