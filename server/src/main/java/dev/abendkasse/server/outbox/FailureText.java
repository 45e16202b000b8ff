package dev.abendkasse.server.outbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is written down of a failure: enough to understand it, but neither secrets nor persons, which other people's error
 * messages like to quote.
 */
final class FailureText {

    private static final int MAX = 1000;
    private static final int MAX_READ = 4000;
    private static final String HIDDEN = "…";

    /** Only the host of an address is of use; its path and query may be a secret. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\b([a-z][a-z0-9+.-]*://)([^\\s/?#\"'<>]*@)?([^\\s/?#\"'<>]*)[^\\s\"'<>]*");

    private static final Pattern MAILBOX = Pattern.compile("[^\\s<>\"'(),:;@]+@[^\\s<>\"'(),:;@]+");
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+\\S+");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)(\"?\\b(?:password|passwd|secret|token|api[-_]?key|signature)\\b\"?\\s*[:=]\\s*)(\"[^\"]*\"|\\S+)");
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_+/=-]{20,}");
    private static final Pattern HARMLESS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z]+");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

    private FailureText() {}

    static String of(Throwable failure) {
        var text = NOT_PRINTABLE.matcher(cut(failure.toString(), MAX_READ)).replaceAll(" ");
        text = ADDRESS.matcher(text).replaceAll("$1$3");
        text = MAILBOX.matcher(text).replaceAll(HIDDEN);
        text = CREDENTIALS.matcher(text).replaceAll("$1 " + HIDDEN);
        text = NAMED_SECRET.matcher(text).replaceAll("$1" + HIDDEN);
        text = LONG_WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(shown(word.group())));
        return cut(text, MAX);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    /** Ids and names may be seen; whatever else is that long and has digits may be a key. */
    private static String shown(String word) {
        return HARMLESS.matcher(word).matches() ? word : HIDDEN;
    }
}
