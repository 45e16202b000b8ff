package dev.abendkasse.server.shared;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The form of an e-mail address that is only compared, never sent to and never logged in with: what one mailbox may be
 * spelled like. Dots and tags mean nothing only at providers that are known to ignore them; anywhere else they may tell
 * two people apart.
 */
public final class MatchKey {

    /** Other names of a provider under which each user has the same mailbox. */
    private static final Map<String, String> SAME_MAILBOX = Map.of(
            "googlemail.com", "gmail.com",
            "me.com", "icloud.com",
            "mac.com", "icloud.com",
            "protonmail.com", "proton.me",
            "pm.me", "proton.me");

    private static final Set<String> IGNORE_DOTS = Set.of("gmail.com");

    private static final Set<String> IGNORE_TAGS = Set.of(
            "gmail.com",
            "icloud.com",
            "proton.me",
            "fastmail.com",
            "fastmail.fm",
            "outlook.com",
            "outlook.de",
            "outlook.at",
            "hotmail.com",
            "hotmail.de",
            "live.com",
            "live.de",
            "msn.com");

    private MatchKey() {}

    /** Of an address as somebody typed it; one that no mail can be sent to stands for itself. */
    public static String of(String email) {
        return EmailAddress.parse(email)
                .map(MatchKey::of)
                .orElseGet(() -> Normalizer.normalize(email.strip(), Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT));
    }

    public static String of(EmailAddress address) {
        var domain = SAME_MAILBOX.getOrDefault(address.domain(), address.domain());
        var local = address.localPart();
        if (IGNORE_TAGS.contains(domain)) {
            local = withoutTag(local);
        }
        if (IGNORE_DOTS.contains(domain)) {
            local = local.replace(".", "");
        }
        return local + "@" + domain;
    }

    /** A name that is nothing but a tag stays as it is. */
    private static String withoutTag(String local) {
        var plus = local.indexOf('+');
        return plus < 1 ? local : local.substring(0, plus);
    }
}
