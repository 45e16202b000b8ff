package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountMail;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.mail.Mail;
import dev.abendkasse.server.mail.Mailer;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.secret.LinkTokens;
import dev.abendkasse.server.shared.OneLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes to customers about their accounts what has been posted, if it still holds. Links carry their secret behind the {@code #},
 * where no server and no log sees it.
 */
@Component
class AccountMailHandler implements OutboxHandler {

    private final CustomerStore accounts;
    private final LinkTokens tokens;
    private final Mailer mailer;

    AccountMailHandler(CustomerStore accounts, LinkTokens tokens, Mailer mailer) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.mailer = mailer;
    }

    @Override
    public String kind() {
        return "ACCOUNT_MAIL";
    }

    @Override
    public int atOnce() {
        return mailer.atOnce();
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return accounts.mail(message.payload())
                .map(mail -> write(message.id(), mail))
                .flatMap(mailer::send);
    }

    private Mail write(UUID id, AccountMail mail) {
        return new Mail(
                id,
                mail.now(),
                mail.sender(),
                new Mail.Recipient(mail.email(), mail.name()),
                Locale.forLanguageTag(mail.language()),
                new Mail.Content(mail.template(), List.of(mail.sender()), model(mail)),
                List.of());
    }

    private Map<String, Object> model(AccountMail mail) {
        var model = new HashMap<String, Object>();
        model.put("account", mail.sender());
        model.put("current", mail.current());
        model.put("url", url(mail));
        if (mail.name() != null) {
            model.put("buyer", OneLine.of(mail.name()));
        }
        if (mail.expiresAt() != null) {
            var format = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                    .withLocale(Locale.forLanguageTag(mail.language()))
                    .withZone(ZoneOffset.UTC);
            model.put("until", format.format(mail.expiresAt()) + " UTC");
        }
        return model;
    }

    private String url(AccountMail mail) {
        return mail.linkId() == null
                ? mail.page()
                : "%s#%s=%s"
                        .formatted(
                                mail.page(),
                                mail.linkName().orElseThrow(),
                                tokens.tokenFor(AccountLinks.PURPOSE, mail.linkId()));
    }
}
