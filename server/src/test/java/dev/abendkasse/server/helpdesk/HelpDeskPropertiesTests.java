package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HelpDeskPropertiesTests {

    private static final Map<String, String> COMPLETE = Map.of(
            "url", "https://help.example.org",
            "token", "t0ken",
            "secrets", "whsec_c2VjcmV0",
            "zammad.customer", "box-office@theatre.example");

    @Test
    void thereIsNoHelpDeskUntilOneIsSet() {
        assertThat(bound(Map.of()).kind()).isEqualTo(HelpDeskProperties.Kind.NONE);
    }

    @ParameterizedTest
    @CsvSource({"zammad,url", "zammad,token", "zammad,zammad.customer", "webhook,url", "webhook,secrets"})
    void whatAHelpDeskNeedsIsSaidAtTheStart(String kind, String missing) {
        var settings = new HashMap<>(COMPLETE);
        settings.put("kind", kind);
        assertThat(bound(settings).address()).hasHost("help.example.org");
        settings.remove(missing);

        assertThatThrownBy(() -> bound(settings))
                .rootCause()
                .hasMessageStartingWith("abendkasse.help-desk." + missing + " is missing");
    }

    @Test
    void nothingSecretIsShown() {
        var settings = new HashMap<>(COMPLETE);
        settings.put("kind", "zammad");

        assertThat(bound(settings)).asString().doesNotContain("t0ken", "whsec");
    }

    private static HelpDeskProperties bound(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("abendkasse.help-desk." + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("abendkasse.help-desk", HelpDeskProperties.class);
    }
}
