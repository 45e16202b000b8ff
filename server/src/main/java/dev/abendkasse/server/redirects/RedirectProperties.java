package dev.abendkasse.server.redirects;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the attempts that ended at the overview.
 *
 * @param keep how long they can be looked up; people who ask what is held about them are told so
 * @param keepDisclosures how long it can be shown that a person was told
 */
@ConfigurationProperties("abendkasse.redirects")
public record RedirectProperties(
        @DefaultValue("90d") Duration keep,
        @DefaultValue("1096d") Duration keepDisclosures) {

    public RedirectProperties {
        atLeastADay(keep, "keep");
        atLeastADay(keepDisclosures, "keep-disclosures");
    }

    private static void atLeastADay(Duration time, String setting) {
        if (time.toDays() < 1) {
            throw new IllegalArgumentException("abendkasse.redirects." + setting + " must be a day at least");
        }
    }
}
