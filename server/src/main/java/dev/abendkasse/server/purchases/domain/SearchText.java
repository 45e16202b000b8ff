package dev.abendkasse.server.purchases.domain;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Part of a name, an e-mail address or a phone number, as somebody types it. */
public record SearchText(String typed) {

    private static final int FEWEST = 3;
    private static final String ENCODED = "xn--";
    private static final Pattern LABEL = Pattern.compile("[^\\s.@]+");

    public SearchText {
        typed = typed.strip();
    }

    /** Fewer characters are in nearly everybody's name. */
    public boolean isLongEnough() {
        return typed.codePoints().filter(one -> !Character.isWhitespace(one)).count() >= FEWEST;
    }

    /** The text, and the other way of writing its internet names if there is one: address books have either. */
    public List<String> spellings() {
        return Stream.of(typed, spelt(SearchText::decoded), spelt(SearchText::encoded))
                .distinct()
                .toList();
    }

    private String spelt(UnaryOperator<String> manner) {
        return LABEL.matcher(typed).replaceAll(label -> Matcher.quoteReplacement(spell(label, manner)));
    }

    /** What is no internet name stays as it is. */
    private static String spell(MatchResult label, UnaryOperator<String> manner) {
        try {
            return manner.apply(label.group());
        } catch (IllegalArgumentException e) {
            return label.group();
        }
    }

    private static String decoded(String label) {
        return label.toLowerCase(Locale.ROOT).startsWith(ENCODED) ? IDN.toUnicode(label) : label;
    }

    private static String encoded(String label) {
        return label.chars().allMatch(one -> one < 128) ? label : IDN.toASCII(label);
    }
}
