package dev.abendkasse.server.paymentlink;

import static dev.abendkasse.server.paymentlink.LinkDesk.problem;
import static dev.abendkasse.server.paymentlink.LinkDesk.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.LogRecorder;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The secret of a link is in the hands of who has it, and nowhere else. */
@Isolated("Reads what the process logs.")
class PaymentLinkSecrecyTests {

    private static final Pattern LINK = Pattern.compile(Pattern.quote(LinkDesk.PAGE) + "#([A-Za-z0-9_-]{43})");

    private static Postbox postbox;
    private static Theatre theatre;
    private static LinkDesk desk;

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        var settings = new HashMap<>(postbox.settings());
        settings.put("abendkasse.test.access-log", "true");
        theatre = LinkDesk.openTheTheatre(settings);
        desk = new LinkDesk(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
    }

    @Test
    void secretOfALinkIsInNoLogHoweverLoudAndNeitherInTheDatabase() throws Exception {
        var recorded = LogRecorder.record(LogRecorder.LOUD, PaymentLinkSecrecyTests::wholeLifeOfTwoLinks);
        var secrets = recorded.result();

        assertThat(recorded.lines())
                .anyMatch(line -> line.contains("GET /v1/payment-link"))
                .anyMatch(line -> line.contains("POST /v1/payment-link/payment"))
                .noneMatch(line -> secrets.stream().anyMatch(line::contains))
                .noneMatch(line -> line.contains(LinkDesk.PAGE + "#"));
        assertThat(tables()).contains("payment_link", "idempotency_key", "outbox_message", "payment");
        assertThat(tables())
                .allSatisfy(
                        table -> assertThat(rowsWith(secrets, table)).as(table).isZero());
    }

    /** One that is printed and replaced, and one that is mailed and paid; gives their secrets. */
    private static List<String> wholeLifeOfTwoLinks() throws Exception {
        var order = desk.reserved(1);
        var key = UUID.randomUUID();
        var printed = LinkDesk.token(desk.send(order.getOrderId(), PaymentLinkDelivery.PRINT, key));
        desk.send(order.getOrderId(), PaymentLinkDelivery.PRINT, key);
        var link = desk.send(order.getOrderId(), PaymentLinkDelivery.EMAIL, UUID.randomUUID());
        var mailed = mailed(order.getBuyer().getEmail());
        problem(410, "payment-link-gone", () -> desk.pay(printed, request(5_000), UUID.randomUUID()));
        problem(409, "amount-differs", () -> desk.pay(mailed, request(1), UUID.randomUUID()));
        var telling = request(5_000).returnUrl(URI.create(LinkDesk.PAGE + "?t=" + mailed));
        problem(422, "return-url-not-allowed", () -> desk.pay(mailed, telling, UUID.randomUUID()));
        PayPage.of(desk.pay(mailed)).pay();
        PayPage.await(() -> desk.state(link), "USED"::equals);
        problem(410, "payment-link-paid", () -> desk.pay(mailed, request(5_000), UUID.randomUUID()));
        return List.of(printed, mailed);
    }

    /** What the buyer finds in the mail after the one on the reservation. */
    private static String mailed(String email) throws Exception {
        for (var mail : postbox.mailsTo(email, 2)) {
            var found = LINK.matcher(MailFixture.read(mail).text());
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("No link was mailed to " + email);
    }

    private static long rowsWith(List<String> secrets, String table) {
        return Awaited.of(theatre.db()
                .sql("select count(*) from \"" + table + "\" t where t::text ~ any (:secrets)")
                .bind("secrets", secrets.toArray(String[]::new))
                .mapValue(Long.class)
                .one());
    }

    private static List<String> tables() {
        return Awaited.of(theatre.db()
                .sql("select table_name::text from information_schema.tables where table_schema = 'public'")
                .mapValue(String.class)
                .all()
                .collectList());
    }
}
