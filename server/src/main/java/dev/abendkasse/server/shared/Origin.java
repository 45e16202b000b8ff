package dev.abendkasse.server.shared;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Origins of web addresses, in the form in which browsers compare them. */
public final class Origin {

    private static final int NO_PORT = -1;
    private static final int LAST_PORT = 65_535;

    private Origin() {}

    /** The origin of an absolute http or https address; empty for anything else. */
    public static Optional<String> of(String url) {
        return parse(url).filter(Origin::isWeb).map(Origin::originOf);
    }

    /** The same for a text that is to be an origin and nothing more. */
    public static Optional<String> only(String text) {
        return of(text).filter(_ -> parse(text).filter(Origin::isBare).isPresent());
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getPort() <= LAST_PORT
                && uri.getPort() != 0;
    }

    private static boolean isBare(URI uri) {
        return uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    private static String originOf(URI uri) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        int usual = "https".equals(scheme) ? 443 : 80;
        boolean named = uri.getPort() != NO_PORT && uri.getPort() != usual;
        return scheme + "://" + host + (named ? ":" + uri.getPort() : "");
    }
}
