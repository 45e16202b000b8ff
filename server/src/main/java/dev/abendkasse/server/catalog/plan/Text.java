package dev.abendkasse.server.catalog.plan;

/** Rules for text that comes from a document. */
final class Text {

    /** In characters as people and JSON Schema count them, not in UTF-16 units. */
    static final int LONGEST = 200;

    private static final int LONGEST_QUOTE = 60;

    private Text() {}

    static boolean isTooLong(String text) {
        return text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST;
    }

    /** PostgreSQL can't store a NUL, and half a surrogate pair is no character in UTF-8. */
    static boolean isUsable(String text) {
        return text.codePoints().noneMatch(character -> character == 0 || isHalfAPair(character));
    }

    /** For messages: short, and safe to write whatever the text is. */
    static String quoted(String text) {
        var quote = new StringBuilder("\"");
        text.codePoints().limit(LONGEST_QUOTE).map(Text::printable).forEach(quote::appendCodePoint);
        return quote.append(text.codePointCount(0, text.length()) > LONGEST_QUOTE ? "…\"" : "\"")
                .toString();
    }

    private static int printable(int character) {
        return Character.isISOControl(character) || isHalfAPair(character) ? '\uFFFD' : character;
    }

    private static boolean isHalfAPair(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
