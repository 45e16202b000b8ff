package dev.abendkasse.server.webhooks.domain;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether an address can be an endpoint's, as far as its text tells. Where its host leads is looked at again with every
 * connection.
 */
public final class EndpointUrl {

    /** What is wrong with one. */
    public enum Fault {
        NOT_HTTPS,
        NOT_A_PLAIN_ADDRESS,
        NOT_A_PUBLIC_HOST
    }

    private static final Pattern NUMBERS = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /** Ends in a label that is no number in any notation, so that nobody can take it for an address. */
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final int LAST_PORT = 65_535;
    private static final int MAX_NAME = 253;

    private EndpointUrl() {}

    /** Empty when nothing is wrong. */
    public static Optional<Fault> faultIn(String text, boolean allowHttp, AddressPolicy policy) {
        var url = parse(text);
        if (url.isEmpty()) {
            return Optional.of(Fault.NOT_A_PLAIN_ADDRESS);
        }
        if (!isSchemeAllowed(url.get(), allowHttp)) {
            return Optional.of(Fault.NOT_HTTPS);
        }
        return isPublic(host(url.get()), policy) ? Optional.empty() : Optional.of(Fault.NOT_A_PUBLIC_HOST);
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text)).filter(EndpointUrl::isPlain);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI url) {
        return url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.getPort() != 0
                && url.getPort() <= LAST_PORT;
    }

    private static boolean isSchemeAllowed(URI url, boolean allowHttp) {
        return "https".equalsIgnoreCase(url.getScheme()) || (allowHttp && "http".equalsIgnoreCase(url.getScheme()));
    }

    private static String host(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean isPublic(String host, AddressPolicy policy) {
        if (host.startsWith("[")) {
            return isPublicAddress(host.substring(1, host.length() - 1), policy);
        }
        if (NUMBERS.matcher(host).matches()) {
            return isPublicAddress(host, policy);
        }
        return host.length() <= MAX_NAME
                && NAME.matcher(host).matches()
                && (policy.allowPrivate() || isPublicName(host));
    }

    private static boolean isPublicAddress(String literal, AddressPolicy policy) {
        try {
            return !literal.contains("%") && policy.allows(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A name without a dot is one of the own network, and so are these by RFC 6761, 6762 and 8375. */
    private static boolean isPublicName(String host) {
        return host.contains(".")
                && !host.endsWith(".localhost")
                && !host.endsWith(".local")
                && !host.endsWith(".internal")
                && !host.endsWith(".home.arpa");
    }
}
