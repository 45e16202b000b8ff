package dev.abendkasse.server.shared;

import java.util.Locale;

/** placeholder */
public final class MatchKey {
    private MatchKey() {}

    public static String of(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
