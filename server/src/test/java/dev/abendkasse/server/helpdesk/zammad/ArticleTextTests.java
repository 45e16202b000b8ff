package dev.abendkasse.server.helpdesk.zammad;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <div>One</div><div>Two</div>            | One\\nTwo
                    a<br>b<br/>c<BR />d                     | a\\nb\\nc\\nd
                    <p>Tom &amp; J&eacute;r&ocirc;me</p>    | Tom & Jérôme
                    1 &lt; 2 <b>and</b>\\n so on            | 1 < 2 and so on
                    <ul><li>x</li><li>y</li></ul>           | x\\ny
                    """)
    void markupIsLeftOut(String html, String text) {
        assertThat(ArticleText.of(html.replace("\\n", "\n"), "text/html")).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void plainTextIsTakenAsItIs() {
        assertThat(ArticleText.of(" a <b> & c\n", "text/plain")).isEqualTo("a <b> & c");
    }

    @Test
    @Timeout(5)
    void p13BodyThatIsAllBracketsTakesNoTime() {
        assertThat(ArticleText.of("<".repeat(1_000_000), "text/html")).hasSize(1_000_000);
    }
}
