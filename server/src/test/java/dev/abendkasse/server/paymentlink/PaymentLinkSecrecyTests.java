package dev.abendkasse.server.paymentlink;

import static dev.abendkasse.server.paymentlink.LinkDesk.problem;
import static dev.abendkasse.server.paymentlink.LinkDesk.request;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.abendkasse.office.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The secret of a link is in the hands of who has it, and nowhere else. */
class PaymentLinkSecrecyTests {

    private static final Map<String, Level> LOUD = Map.of(
            org.slf4j.Logger.ROOT_LOGGER_NAME, Level.DEBUG, "dev.abendkasse", Level.TRACE, "reactor", Level.TRACE);

    private static final Pattern LINK =
            Pattern.compile("^" + Pattern.quote(LinkDesk.PAGE) + "#(\\S{40,})$", Pattern.MULTILINE);

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
    void secretOfALinkIsInNoLogHoweverLoudAndNeitherInTheDatabase() throws ApiException {
        var log = new Recorder();
        var printed = log.during(PaymentLinkSecrecyTests::wholeLifeOfALink);

        assertThat(log.lines)
                .anyMatch(line -> line.contains("GET /v1/payment-link"))
                .anyMatch(line -> line.contains("POST /v1/payment-link/payment"))
                .noneMatch(line -> line.contains(printed))
                .noneMatch(line -> line.contains(LinkDesk.PAGE + "#"));
        assertThatNoTableHas(printed);
    }

    @Test
    void secretOfALinkThatIsMailedIsInTheMailAndNowhereElse() throws ApiException {
        var log = new Recorder();
        var mailed = log.during(PaymentLinkSecrecyTests::mailedLink);

        assertThat(desk.bearer(mailed)
                        .paymentLinks()
                        .getPaymentLink()
                        .getAmount()
                        .getAmount())
                .isEqualTo(5_000);
        assertThat(log.lines)
                .filteredOn(line -> !line.startsWith("com.icegreen."))
                .as("but for the mail server's own")
                .isNotEmpty()
                .noneMatch(line -> line.contains(mailed));
        assertThatNoTableHas(mailed);
    }

    private static void assertThatNoTableHas(String secret) {
        assertThat(tables()).contains("payment_link", "idempotency_key", "outbox_message", "payment");
        assertThat(tables())
                .allSatisfy(table -> assertThat(theatre.count("select count(*) from \"" + table
                                + "\" t where position('" + secret + "' in t::text) > 0"))
                        .as(table)
                        .isZero());
    }

    /** Gives the secret that the buyer finds in the mail, in both of its forms. */
    private static String mailedLink() throws ApiException {
        var order = desk.reserved(1);
        desk.send(order.getOrderId(), PaymentLinkDelivery.EMAIL, UUID.randomUUID());
        var mail =
                MailFixture.read(postbox.mailsTo(order.getBuyer().getEmail(), 2).getLast());
        var url = LINK.matcher(mail.text());
        assertThat(url.find()).isTrue();
        assertThat(mail.html()).contains("href=\"" + url.group() + "\"");
        return url.group(1);
    }

    /** From the clerk to the last attempt after it was paid; gives its secret. */
    private static String wholeLifeOfALink() throws ApiException {
        var order = desk.reserved(1).getOrderId();
        var key = UUID.randomUUID();
        var link = desk.send(order, PaymentLinkDelivery.PRINT, key);
        desk.send(order, PaymentLinkDelivery.PRINT, key);
        var token = LinkDesk.token(link);
        theatre.server().bean(PaymentLinks.class).urlOf(link.getLinkId()).block();
        problem(409, "amount-differs", () -> desk.pay(token, request(1), UUID.randomUUID()));
        problem(
                422,
                "return-url-not-allowed",
                () -> desk.pay(
                        token, request(5_000).returnUrl(URI.create(LinkDesk.PAGE + "?t=" + token)), UUID.randomUUID()));
        var payment = desk.pay(token);
        PayPage.of(payment).pay();
        PayPage.await(() -> desk.state(link), "USED"::equals);
        problem(
                410,
                "payment-link-paid",
                () -> desk.bearer(token).paymentLinks().getPaymentLink());
        return token;
    }

    private static List<String> tables() {
        return theatre.db()
                .sql("select table_name::text from information_schema.tables where table_schema = 'public'")
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private interface Scene {

        String play() throws ApiException;
    }

    /** Everything that is logged, with what was thrown, instead of the console. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final List<String> lines = new CopyOnWriteArrayList<>();

        String during(Scene scene) throws ApiException {
            var others = new ArrayList<Appender<ILoggingEvent>>();
            root.iteratorForAppenders().forEachRemaining(others::add);
            var levels = LOUD.keySet().stream().map(Recorder::logger).collect(toMap(one -> one, Recorder::level));
            root.detachAndStopAllAppenders();
            start();
            root.addAppender(this);
            LOUD.forEach((name, level) -> logger(name).setLevel(level));
            try {
                return scene.play();
            } finally {
                levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
                root.detachAppender(this);
                others.forEach(Appender::start);
                others.forEach(root::addAppender);
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getThrowableProxy());
        }

        private static Logger logger(String name) {
            return (Logger) LoggerFactory.getLogger(name);
        }

        private static Optional<Level> level(Logger logger) {
            return Optional.ofNullable(logger.getLevel());
        }
    }
}
