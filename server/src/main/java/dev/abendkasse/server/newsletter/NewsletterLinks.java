package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.secret.LinkTokens;
import dev.abendkasse.server.web.PublicAddress;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Secrets of the newsletter's links, each good for one thing. Those in mails stand after the # of the front end's page, where no
 * log sees them; the one-click address has its own, which can do nothing but end a subscription, because RFC 8058 lets mail
 * programs send nothing but a form to an address.
 */
@Component
class NewsletterLinks {

    static final String ONE_CLICK_PATH = "/v1/newsletter/one-click/";

    private static final String CONFIRMATION = "newsletter-confirmation";
    private static final String WITHDRAWAL = "newsletter-withdrawal";
    private static final String ONE_CLICK = "newsletter-one-click";

    private final LinkTokens tokens;
    private final PublicAddress here;
    private final NewsletterProperties properties;

    NewsletterLinks(LinkTokens tokens, PublicAddress here, NewsletterProperties properties) {
        this.tokens = tokens;
        this.here = here;
        this.properties = properties;
    }

    String confirmation(String page, UUID request) {
        return page + "#" + CONFIRMATION + "=" + tokens.tokenFor(CONFIRMATION, request);
    }

    String withdrawal(String page, UUID delivery) {
        return page + "#" + WITHDRAWAL + "=" + tokens.tokenFor(WITHDRAWAL, delivery);
    }

    URI oneClick(UUID delivery) {
        var path = ONE_CLICK_PATH + tokens.tokenFor(ONE_CLICK, delivery);
        var base = properties.unsubscribeBaseUrl();
        return base == null ? here.of(path) : URI.create(base.replaceFirst("/+$", "") + path);
    }

    /** The request that a confirmation is for. */
    Optional<UUID> confirmed(String token) {
        return tokens.read(CONFIRMATION, token);
    }

    /** The mail whose link was followed. */
    Optional<UUID> withdrawn(String token) {
        return tokens.read(WITHDRAWAL, token);
    }

    /** The mail whose button was pressed. */
    Optional<UUID> clicked(String token) {
        return tokens.read(ONE_CLICK, token);
    }
}
