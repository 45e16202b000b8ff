package dev.abendkasse.server.helpdesk;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the help desk.
 *
 * @param kind which help desk there is, if any
 * @param url where Zammad is, or where webhooks go
 * @param token an access token of Zammad's
 * @param secrets what is signed with, two while it is being changed: of Zammad the webhook's signature token; of a webhook {@code
 *     whsec_…}, for both directions
 * @param language of tickets, {@code de} or {@code en}
 * @param caseUrl where staff find a case; its number is put at the end
 * @param withBuyer whether tickets say who the buyer is
 * @param atOnce how many cases a replica tells of at once
 * @param timeLimit for one call in all; an entry takes three at most, which is shorter than {@code abendkasse.outbox.retry}
 * @param connectLimit for connecting
 */
@ConfigurationProperties("abendkasse.help-desk")
public record HelpDeskProperties(
        @DefaultValue("none") Kind kind,
        @Nullable URI url,
        @Nullable String token,
        @DefaultValue List<String> secrets,
        @DefaultValue("de") Locale language,
        @Nullable String caseUrl,
        @DefaultValue("false") boolean withBuyer,
        @DefaultValue("4") int atOnce,
        @DefaultValue("5s") Duration timeLimit,
        @DefaultValue("2s") Duration connectLimit,
        @DefaultValue Zammad zammad) {

    public enum Kind {
        NONE,
        ZAMMAD,
        WEBHOOK
    }

    /**
     * @param group which gets the tickets
     * @param customer the e-mail address of the tickets' customer, where it is not the buyer
     * @param openState of tickets that are opened again
     * @param closedState of tickets that are closed
     */
    public record Zammad(
            @DefaultValue("Users") String group,
            @Nullable String customer,
            @DefaultValue("open") String openState,
            @DefaultValue("closed") String closedState) {}

    public HelpDeskProperties {
        secrets = List.copyOf(secrets);
        require("at-once", atOnce > 0);
        require("time-limit", !timeLimit.isNegative() && !timeLimit.isZero());
        require("connect-limit", !connectLimit.isNegative() && !connectLimit.isZero());
        require("url", kind == Kind.NONE || url != null);
        require("token", kind != Kind.ZAMMAD || token != null && !token.isBlank());
        require("zammad.customer", kind != Kind.ZAMMAD || zammad.customer() != null);
        require("secrets", kind != Kind.WEBHOOK || !secrets.isEmpty());
    }

    /** Where that help desk is. */
    public URI address() {
        return present(url, "url");
    }

    public String accessToken() {
        return present(token, "token");
    }

    /** Nothing secret. */
    @Override
    public String toString() {
        return "HelpDeskProperties[kind=" + kind + ", url=" + url + "]";
    }

    private static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("abendkasse.help-desk." + name + " is missing");
        }
        return value;
    }

    private static void require(String name, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("abendkasse.help-desk." + name + " is missing or makes no sense");
        }
    }
}
