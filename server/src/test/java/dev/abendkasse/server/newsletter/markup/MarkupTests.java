package dev.abendkasse.server.newsletter.markup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTests {

    private final Markup markup = new Markup();

    @Test
    void commonMarkBecomesHtmlAndPlainText() {
        var rendered = markup.render("""
                # December

                Come to *Faust*: [tickets](https://shop.example.org/faust?a=1&b=2)

                - one
                - two

                ![Poster](https://shop.example.org/faust.png)
                """);

        assertThat(rendered.html())
                .contains(
                        "<h1>December</h1>",
                        "<em>Faust</em>",
                        "href=\"https://shop.example.org/faust?a=1&amp;b=2\"",
                        "<li>one</li>",
                        "<img src=\"https://shop.example.org/faust.png\" alt=\"Poster\">");
        assertThat(rendered.text()).contains("December", "https://shop.example.org/faust?a=1&b=2", "one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<form action='https://elsewhere.example'><input></form>",
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](data:text/html;base64,PHNjcmlwdD4=)",
                "![a](javascript:alert(1))",
                "![a](http://elsewhere.example/pixel.png)",
                "<a href='https://elsewhere.example' style='position:fixed'>b</a>",
                "[a](https://elsewhere.example \"x\\\" onmouseover=\\\"alert(1)\")"
            })
    void nothingRunsAndNothingIsSentAway(String markdown) {
        assertThat(markup.render(markdown).html())
                .doesNotContain("<script", "<form", "<input", "href=\"javascript", "href=\"data", "src=\"http:")
                .doesNotContainPattern("<[^>]* (?:on\\w+|style)=\"");
    }
}
