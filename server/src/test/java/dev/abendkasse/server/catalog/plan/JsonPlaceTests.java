package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPlaceTests {

    private final JsonPlace root = JsonPlace.root(parsed("{\"rows\": [{}, {\"a\": [true]}]}"));

    @Test
    void documentItselfIsTheEmptyPointer() {
        assertThat(root.pointer()).isEqualTo("#");
    }

    @Test
    void membersAndElementsAreChained() {
        var row = root.member("rows").elements().getLast();

        assertThat(row.member("a").elements().getFirst().pointer()).isEqualTo("#/rows/1/a/0");
    }

    /** The examples of RFC 6901, section 6, and some of other languages. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ``,#/
            a/b,#/a~1b
            c%d,#/c%25d
            e^f,#/e%5Ef
            g|h,#/g%7Ch
            i\\j,#/i%5Cj
            k"l,#/k%22l
            ` `,#/%20
            m~n,#/m~0n
            ~1,#/~01
            a?b@c:d!,#/a?b@c:d!
            größe,#/gr%C3%B6%C3%9Fe
            😀,#/%F0%9F%98%80
            """)
    void keyIsEscapedForAFragment(String key, String pointer) {
        assertThat(root.member(key).pointer()).isEqualTo(pointer);
    }
}
