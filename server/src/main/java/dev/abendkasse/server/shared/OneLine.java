package dev.abendkasse.server.shared;

import java.util.regex.Pattern;

/** Text of strangers where a line must end only where we end it: in a mail's headers, in a paragraph. */
public final class OneLine {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\x{2028}\\x{2029}\\s]+");

    private OneLine() {}

    public static String of(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
