package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.shared.Contact;
import dev.abendkasse.server.shared.Selection;
import org.jspecify.annotations.Nullable;

/**
 * An order of a caller or a walk-in, as the clerk takes it down.
 *
 * @param language in which its buyer is written to
 */
public record NewOrder(
        String shopId,
        Selection selection,
        @Nullable Contact buyer,
        @Nullable String note,
        String language) {}
