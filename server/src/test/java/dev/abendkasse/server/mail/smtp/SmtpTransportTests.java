package dev.abendkasse.server.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.mail.FakeSmtp;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.mail.MailProperties;
import dev.abendkasse.server.mail.SampleMail;
import dev.abendkasse.server.outbox.OutboxProperties;
import dev.abendkasse.server.outbox.Undeliverable;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What a mail server can do to us. */
class SmtpTransportTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Scheduler threads = Schedulers.newBoundedElastic(
            1, 10, Thread.ofVirtual().name("mail-", 0).factory(), 60);

    @AfterEach
    void endThreads() {
        threads.dispose();
    }

    @Test
    void mailIsHandedOver() {
        try (var server = new FakeSmtp(_ -> null)) {
            send(server, LIMIT, "buyer@example.org").as(StepVerifier::create).verifyComplete();

            assertThat(server.commands())
                    .contains("MAIL FROM:<" + MailFixture.FROM + ">", "RCPT TO:<buyer@example.org>", "DATA");
            assertThat(server.mails()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 <buyer@example.org> unknown, The mail server refuses the recipient: 550 5.1.1",
        "RCPT, 553 no such mailbox, The mail server refuses the recipient: 553",
        "RCPT, 556 5.1.10 null mx, The mail server refuses the recipient: 556 5.1.10",
        "DATA, 554 5.7.1 no, The mail server refuses the mail: 554 5.7.1",
        "END, 552 5.3.4 too big for buyer@example.org, The mail server refuses the mail: 552 5.3.4",
    })
    void whatIsRefusedForGoodIsForPeople(String command, String answer, String said) {
        try (var server = new FakeSmtp(only(command, answer))) {
            send(server, LIMIT, "buyer@example.org")
                    .as(StepVerifier::create)
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(Undeliverable.class)
                            .hasMessage(said)
                            .hasNoCause());
        }
    }

    /** What is wrong with our sender or our login is wrong with all mails, and can be put right meanwhile. */
    @ParameterizedTest
    @CsvSource({
        "CONNECT, 421 4.3.2 later",
        "MAIL, 550 5.7.1 we do not know you",
        "MAIL, 452 4.2.2 full",
        "RCPT, 450 4.2.0 <buyer@example.org> greylisted",
        "RCPT, 451 4.7.1 buyer@example.org later",
        "RCPT, 552 full",
        "DATA, 451 4.3.0 oh",
        "END, 451 4.3.0 buyer@example.org oh",
        "CONNECT, cut",
        "RCPT, cut",
        "END, cut",
    })
    void whatMayGoBetterNextTimeIsTriedAgainAndNothingOfTheMailIsSaid(String command, String answer) {
        try (var server = new FakeSmtp(only(command, answer))) {
            send(server, LIMIT, "buyer@example.org")
                    .as(StepVerifier::create)
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SmtpFailure.class)
                            .hasNoCause()
                            .satisfies(it -> assertThat(it.toString()).doesNotContain("@", "Faust")));
        }
    }

    @Test
    void serverThatIsNotThereIsTriedAgain() {
        var server = new FakeSmtp(_ -> null);
        server.close();

        send(server, LIMIT, "buyer@example.org")
                .as(StepVerifier::create)
                .verifyErrorSatisfies(error -> assertThat(error).isInstanceOf(SmtpFailure.class));
    }

    @Test
    void serverThatFallsSilentIsGivenUpAndTheThreadIsFreeAgain() throws Exception {
        try (var silent = new FakeSmtp(only("RCPT", FakeSmtp.SILENCE));
                var server = new FakeSmtp(_ -> null)) {
            send(silent, Duration.ofMillis(300), "buyer@example.org")
                    .as(StepVerifier::create)
                    .verifyErrorSatisfies(
                            error -> assertThat(error.getMessage()).isEqualTo("TimeoutException"));

            assertThat(silent.hungUp().await(10, TimeUnit.SECONDS))
                    .as("the connection was ended")
                    .isTrue();
            send(server, LIMIT, "buyer@example.org").as(StepVerifier::create).verifyComplete();
        }
    }

    @Test
    void addressIsWrittenAsSmtpNeedsIt() {
        try (var server = new FakeSmtp(only("EHLO", "250-fake.example\r\n250 SMTPUTF8"))) {
            send(server, LIMIT, "Kasse.Nord@BÜHNE.example")
                    .then(send(server, LIMIT, "käthe@bühne.example"))
                    .as(StepVerifier::create)
                    .verifyComplete();

            assertThat(server.commands())
                    .contains(
                            "MAIL FROM:<" + MailFixture.FROM + ">",
                            "RCPT TO:<Kasse.Nord@xn--bhne-0ra.example>",
                            "MAIL FROM:<" + MailFixture.FROM + "> SMTPUTF8",
                            "RCPT TO:<käthe@xn--bhne-0ra.example>");
            assertThat(server.mails().getLast()).contains("<käthe@xn--bhne-0ra.example>");
        }
    }

    @Test
    void tryEndsBeforeTheOutboxStartsTheNext() {
        var settings = new Binder(new MapConfigurationPropertySource());

        assertThat(settings.bindOrCreate("abendkasse.mail", MailProperties.class)
                        .timeLimit())
                .isLessThan(settings.bindOrCreate("abendkasse.outbox", OutboxProperties.class)
                        .retry());
    }

    private Mono<Void> send(FakeSmtp server, Duration limit, String to) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(server.port());
        return new SmtpTransport(sender, threads, limit)
                .send(UUID.randomUUID(), MailFixture.write(SampleMail.to(to, "Example Buyer")));
    }

    private static Function<String, @Nullable String> only(String command, String answer) {
        return verb -> verb.equals(command) ? answer : null;
    }
}
