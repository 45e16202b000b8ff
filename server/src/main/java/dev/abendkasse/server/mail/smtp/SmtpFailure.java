package dev.abendkasse.server.mail.smtp;

import dev.abendkasse.server.mail.RecipientRefused;
import dev.abendkasse.server.outbox.Undeliverable;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/**
 * A try that failed and is worth another one. Says the server's codes and not its words: those name the recipient, and may
 * quote the mail.
 */
final class SmtpFailure extends RuntimeException {

    /** The codes of RFC 5321 and RFC 3463 at the beginning of an answer. */
    private static final Pattern CODES = Pattern.compile("^(\\d{3})(?:[ -](\\d\\.\\d{1,3}\\.\\d{1,3})(?= |$))?");

    private static final int PERMANENT = 500;

    /** Of a recipient to be read as 452: there may be room again (RFC 5321, 4.5.3.1.10). */
    private static final int FULL = 552;

    private SmtpFailure(String message) {
        super(message, null, false, false);
    }

    /** What became of a try: {@link Undeliverable} if the server has refused the recipient or the mail for good. */
    static RuntimeException of(Throwable error) {
        var all = unfolded(error);
        return all.stream()
                .map(SmtpFailure::refusal)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> new SmtpFailure(described(all)));
    }

    /** Of the sender, or of our login, is a matter of settings: those can be put right before the next try. */
    private static @Nullable RuntimeException refusal(Throwable error) {
        if (error instanceof SMTPAddressFailedException refused
                && refused.getReturnCode() >= PERMANENT
                && refused.getReturnCode() != FULL) {
            return new RecipientRefused(codes(refused));
        }
        if (error instanceof SMTPSendFailedException refused
                && refused.getReturnCode() >= PERMANENT
                && !refused.getCommand().startsWith("MAIL")) {
            return new Undeliverable("The mail server refuses the mail: " + codes(refused));
        }
        return null;
    }

    private static String described(List<Throwable> all) {
        var last = all.getLast();
        var codes = all.stream().map(SmtpFailure::codes).filter(code -> !code.isEmpty());
        return Stream.concat(codes, Stream.of(last.getClass().getSimpleName()))
                .findFirst()
                .orElseThrow();
    }

    private static String codes(Throwable error) {
        var answer = CODES.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
        if (!answer.find()) {
            return "";
        }
        return answer.group(2) == null ? answer.group(1) : answer.group(1) + " " + answer.group(2);
    }

    /** An error and all that it was made of, in the order in which they tell of each other. */
    private static List<Throwable> unfolded(Throwable error) {
        var all = new ArrayList<Throwable>();
        collect(error, all);
        return all;
    }

    private static void collect(@Nullable Throwable error, List<Throwable> all) {
        if (error == null || all.contains(error)) {
            return;
        }
        all.add(error);
        if (error instanceof MailSendException failed) {
            Stream.of(failed.getMessageExceptions()).forEach(each -> collect(each, all));
        }
        if (error instanceof MessagingException failed) {
            collect(failed.getNextException(), all);
        }
        collect(error.getCause(), all);
    }
}
