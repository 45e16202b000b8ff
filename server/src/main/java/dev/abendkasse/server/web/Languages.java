package dev.abendkasse.server.web;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The language to answer a request in: German or English, by Accept-Language, English when neither is asked for. */
public final class Languages {

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private Languages() {}

    public static Locale of(ServerHttpRequest request) {
        return of(request, SPOKEN);
    }

    /** The same for what comes in other languages, or in more. */
    public static Locale of(ServerHttpRequest request, List<Locale> spoken) {
        var header = request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
        return header == null ? Locale.ENGLISH : best(header, spoken);
    }

    private static Locale best(String header, List<Locale> spoken) {
        try {
            var found = Locale.lookup(LanguageRange.parse(header), spoken);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
