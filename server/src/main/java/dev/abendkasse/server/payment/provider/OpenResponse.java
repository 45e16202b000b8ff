package dev.abendkasse.server.payment.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.abendkasse.server.payment.ProviderSession;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes back: nothing in it is taken on trust. */
@JsonIgnoreProperties(ignoreUnknown = true)
record OpenResponse(
        @Nullable String reference,
        @Nullable String url,
        @Nullable String clientSecret) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,990}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[!-~]{1,500}");

    /** @throws IllegalArgumentException if something is missing or not what it should be */
    ProviderSession toSession() {
        return new ProviderSession(
                require(REFERENCE, reference),
                require(URL, url),
                clientSecret == null ? null : require(CLIENT_SECRET, clientSecret));
    }

    private static String require(Pattern pattern, @Nullable String value) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("The payment provider's answer is not usable");
        }
        return value;
    }
}
