package dev.abendkasse.server.mail;

import dev.abendkasse.server.outbox.Undeliverable;
import org.jspecify.annotations.Nullable;

/** The mail server takes nothing for this recipient, for good. */
public final class RecipientRefused extends Undeliverable {

    private final @Nullable String status;

    /** @param codes of RFC 5321 and, after a blank, of RFC 3463 if the server said one */
    public RecipientRefused(String codes) {
        super("The mail server refuses the recipient: " + codes);
        this.status = codes.contains(" ") ? codes.substring(codes.indexOf(' ') + 1) : null;
    }

    /** Why, as RFC 3463 has it, such as 5.1.1; null when the server did not say. */
    public @Nullable String status() {
        return status;
    }
}
