package dev.abendkasse.server.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Turns what another issuer says of a person into what our own tokens say of staff. Whatever of it means something here is
 * written anew, so that nobody gets more than the settings give.
 */
final class OutsideClaims implements Converter<Map<String, Object>, Map<String, Object>> {

    /** No built-in account and no program can be called so. */
    static final String PREFIX = "oidc:";

    static final Set<String> STAFF_SCOPES = Set.of("admin", "back-office", "box-office", "gate");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._@+'-]{0,63}");

    private final MappedJwtClaimSetConverter usual = MappedJwtClaimSetConverter.withDefaults(Map.of());
    private final OidcProperties properties;

    OutsideClaims(OidcProperties properties) {
        this.properties = properties;
    }

    @Override
    public Map<String, Object> convert(Map<String, Object> source) {
        var claims = new HashMap<>(usual.convert(source));
        var name = name(claims);
        claims.remove("scp");
        claims.remove(Callers.VERSION);
        claims.put(Callers.KIND, Callers.Kind.STAFF.name());
        claims.put(Callers.SCOPE, String.join(" ", scopes(source)));
        if (name == null) {
            claims.remove(JwtClaimNames.SUB);
        } else {
            claims.put(JwtClaimNames.SUB, PREFIX + name);
        }
        return claims;
    }

    /** None where there is none that can be written down. */
    private @Nullable String name(Map<String, Object> claims) {
        return claims.get(properties.nameClaim()) instanceof String name
                        && NAME.matcher(name).matches()
                ? name
                : null;
    }

    private Set<String> scopes(Map<String, Object> claims) {
        var scopes = new TreeSet<String>();
        roles(claims).forEach(role -> scopes.addAll(properties.roles().getOrDefault(role, Set.of())));
        return scopes;
    }

    private Stream<String> roles(Map<String, Object> claims) {
        return switch (find(claims, properties.rolesClaim())) {
            case String text -> Stream.of(text.split(" "));
            case Collection<?> roles -> roles.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }

    /** The claim of this name or, where there is none, what lies along the names between its dots. */
    private static @Nullable Object find(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        var dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : null;
    }
}
