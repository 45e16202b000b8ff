package dev.abendkasse.server.security.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.abendkasse.server.security.TokenRequest;
import dev.abendkasse.server.security.domain.TokenRefusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of RFC 6749, read strictly. */
final class TokenForm {

    private static final String BASIC = "basic ";
    private static final int MAX_VALUE = 4096;

    private final Map<String, List<String>> form;

    /** @param body as it was sent */
    TokenForm(String body) {
        form = Stream.of(body.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(groupingBy(field -> decoded(field[0]), mapping(field -> decoded(field[1]), toList())));
    }

    /** @param authorization the header, which may carry the client's id and secret */
    TokenRequest read(@Nullable String authorization) {
        return switch (required("grant_type")) {
            case "password" -> new TokenRequest.ForStaff(required("username"), required("password"), scopes());
            case "client_credentials" ->
                authorization == null
                        ? client(required("client_id"), required("client_secret"))
                        : client(authorization);
            default -> throw new TokenRefused(TokenRefusal.UNSUPPORTED_GRANT_TYPE);
        };
    }

    private TokenRequest client(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
        var pair = fromBase64(authorization.substring(BASIC.length()).strip()).split(":", 2);
        if (pair.length < 2) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
        return client(unescaped(pair[0]), unescaped(pair[1]));
    }

    private TokenRequest client(String id, String secret) {
        if (id.indexOf(0) >= 0) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
        return new TokenRequest.ForClient(id, secret, scopes());
    }

    private Set<String> scopes() {
        var scopes = optional("scope");
        return Stream.of(scopes == null ? new String[0] : scopes.split(" "))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private String required(String name) {
        var value = optional(name);
        if (value == null) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
        return value;
    }

    /** RFC 6749, section 3.2: no parameter may come twice. */
    private @Nullable String optional(String name) {
        var values = form.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
        return values.isEmpty() ? null : bounded(values.getFirst());
    }

    private static String bounded(String value) {
        if (value.length() > MAX_VALUE || value.indexOf(0) >= 0) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
        return value;
    }

    private static String decoded(String field) {
        try {
            return URLDecoder.decode(field, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
    }

    private static String fromBase64(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
    }

    /** RFC 6749, section 2.3.1: id and secret are form-encoded before they go into the header. */
    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
    }
}
