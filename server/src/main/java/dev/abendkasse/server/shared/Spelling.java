package dev.abendkasse.server.shared;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Normalizer;
import java.util.Locale;

/** What Unicode counts as one text written in several ways. */
final class Spelling {

    private Spelling() {}

    /** Wide, composed and upper case letters like plain ones. Done again at the end: lower case letters compose more. */
    static String lower(String text) {
        return nfkc(nfkc(text).toLowerCase(Locale.ROOT));
    }

    /**
     * Also what only case can tell apart, such as the two small sigmas. Letter by letter, so that ß does not become ss, which
     * somebody else may be called.
     */
    static String folded(String text) {
        return nfkc(lower(text)
                .codePoints()
                .map(letter -> UCharacter.foldCase(letter, true))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** Joiners, soft hyphens, variation selectors, fillers: nobody sees that they are there. */
    static boolean isInvisible(int character) {
        return UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }
}
