package dev.abendkasse.server.security.web;

import dev.abendkasse.server.security.TokenRequest;
import dev.abendkasse.server.security.domain.TokenRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/** The form of RFC 6749, read strictly. */
final class TokenForm {

    private static final String BASIC = "basic ";
    private static final int MAX_VALUE = 4096;

    private final MultiValueMap<String, String> form;

    TokenForm(MultiValueMap<String, String> form) {
        this.form = form;
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
        var pair = decoded(authorization.substring(BASIC.length()).strip()).split(":", 2);
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
        var values = Objects.requireNonNullElse(form.get(name), List.<String>of());
        if (values.size() > 1) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
        return values.stream()
                .filter(Objects::nonNull)
                .map(TokenForm::bounded)
                .findFirst()
                .orElse(null);
    }

    private static String bounded(String value) {
        if (value.length() > MAX_VALUE || value.indexOf(0) >= 0) {
            throw new TokenRefused(TokenRefusal.INVALID_REQUEST);
        }
        return value;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
    }

    /** RFC 6749, section 2.3.1: id and secret are form-encoded before they go into the header. */
    private static String unescaped(String text) {
        try {
            return UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(TokenRefusal.INVALID_CLIENT);
        }
    }
}
