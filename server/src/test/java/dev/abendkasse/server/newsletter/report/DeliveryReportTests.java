package dev.abendkasse.server.newsletter.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.newsletter.domain.Bounce;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as RFC 3464 and RFC 5965 lay them out. */
public class DeliveryReportTests {

    private static final UUID MAIL = UUID.fromString("0199d2c0-3c4d-7e55-8f66-708192031425");

    /** A report on a mail of ours, as a mail server writes it. */
    public static String report(UUID mail, String action, String status) {
        return """
                Return-Path: <>
                From: Mail system <postmaster@mail.example.org>
                To: bounces@theatre.example
                Subject: Could not be delivered
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="part"

                --part
                Content-Type: text/plain; charset=us-ascii

                Your message came no further.

                --part
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example.org
                Arrival-Date: Tue, 1 Dec 2026 10:00:00 +0000

                Final-Recipient: rfc822; reader@example.org
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 No such mailbox

                --part
                Content-Type: text/rfc822-headers

                From: Theatre <news@theatre.example>
                To: reader@example.org
                Message-ID: <%s@theatre.example>
                Subject: What is on

                --part--
                """.formatted(action, status, mail).replace("\n", "\r\n");
    }

    /** A complaint about a mail of ours, as a feedback loop passes it on. */
    public static String complaint(UUID mail, String type) {
        return """
                From: Abuse desk <fbl@mail.example.org>
                To: bounces@theatre.example
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="part"

                --part
                Content-Type: text/plain

                A reader called this spam.

                --part
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: Example/1.0
                Version: 1

                --part
                Content-Type: message/rfc822

                From: Theatre <news@theatre.example>
                Message-ID:
                 <%s@theatre.example>
                Subject: What is on

                Message-ID: <ffffffff-ffff-ffff-ffff-ffffffffffff@theatre.example>
                --part--
                """.formatted(type, mail).replace("\n", "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, HARD",
        "failed, 5.2.1, HARD",
        "failed, 5.2.2, SOFT",
        "failed, 5.7.1, SOFT",
        "failed, 4.4.7, SOFT",
        "Failed, 5.1.1 (no such mailbox), HARD",
        "delayed, 4.4.1, SOFT"
    })
    void reportOfAFailureSaysWhichMailAndWhetherItIsForGood(String action, String status, Bounce.Kind kind) {
        var bounce = read(report(MAIL, action, status)).orElseThrow();

        assertThat(bounce.deliveryId()).isEqualTo(MAIL);
        assertThat(bounce.kind()).isEqualTo(kind);
        assertThat(bounce.status()).isEqualTo(status.substring(0, 5));
    }

    @Test
    void addressThatItCameBackToSaysMoreThanTheMailThatIsEnclosed() {
        var other = UUID.randomUUID();

        var bounce = read(report(other, "failed", "5.1.1").replace("bounces@", "bounces+" + MAIL + "@"));

        assertThat(bounce.orElseThrow().deliveryId()).isEqualTo(MAIL);
    }

    @Test
    void complaintEndsTheConsentAndOtherFeedbackDoesNot() {
        var bounce = read(complaint(MAIL, "abuse")).orElseThrow();

        assertThat(bounce.kind()).isEqualTo(Bounce.Kind.COMPLAINT);
        assertThat(bounce.deliveryId()).isEqualTo(MAIL);
        assertThat(read(complaint(MAIL, "not-spam"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"delivered, 2.0.0", "relayed, 2.0.0", "expanded, 2.0.0"})
    void goodNewsIsNone(String action, String status) {
        assertThat(read(report(MAIL, action, status))).isEmpty();
    }

    @Test
    void whatIsNoReportOrOfNoMailOfOursIsPassedOver() {
        assertThat(read("")).isEmpty();
        assertThat(read("Subject: I am away\r\nContent-Type: text/plain\r\n\r\nMessage-ID: <" + MAIL + "@x>\r\n"))
                .isEmpty();
        assertThat(read(report(MAIL, "failed", "5.1.1").replace(MAIL.toString(), "somebody-elses")))
                .isEmpty();
    }

    @Test
    void brokenReportsAreReadOrPassedOverAndNeverFail() {
        var random = new Random(7);
        var good = report(MAIL, "failed", "5.1.1").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 500; i++) {
            var broken = good.clone();
            for (int change = 0; change < 20; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            DeliveryReport.read(Arrays.copyOf(broken, random.nextInt(broken.length)));
        }
        assertThat(read(report(MAIL, "failed", "5.1.1"))).isPresent();
    }

    private static Optional<Bounce> read(String mail) {
        return DeliveryReport.read(mail.getBytes(StandardCharsets.ISO_8859_1));
    }
}
