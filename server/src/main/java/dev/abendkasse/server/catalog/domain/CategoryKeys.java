package dev.abendkasse.server.catalog.domain;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes keys of the names of categories: "Kategorie A" becomes kategorie-a. */
public final class CategoryKeys {

    private static final int LONGEST = 60;
    private static final String NAMELESS = "kategorie";
    private static final Map<String, String> SPELLED_OUT =
            Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "oe", "œ", "oe", "ł", "l");

    private CategoryKeys() {}

    /** A key of its own for every name, in the names' order. */
    public static Map<String, String> of(List<String> names) {
        var keys = new LinkedHashMap<String, String>();
        var taken = new HashSet<String>();
        for (var name : names) {
            keys.computeIfAbsent(name, unkeyed -> unique(slug(unkeyed), taken));
        }
        return keys;
    }

    private static String unique(String slug, Set<String> taken) {
        var key = slug;
        for (int number = 2; !taken.add(key); number++) {
            var suffix = "-" + number;
            key = shortened(slug, LONGEST - suffix.length()) + suffix;
        }
        return key;
    }

    private static String slug(String name) {
        var spelled = spellOut(
                Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), SPELLED_OUT.keySet());
        var plain = Normalizer.normalize(spelled, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? NAMELESS : shortened(plain, LONGEST);
    }

    private static String spellOut(String text, Collection<String> letters) {
        var spelled = text;
        for (var letter : letters) {
            spelled = spelled.replace(letter, SPELLED_OUT.getOrDefault(letter, letter));
        }
        return spelled;
    }

    private static String shortened(String key, int length) {
        return key.substring(0, Math.min(key.length(), length)).replaceAll("-$", "");
    }
}
