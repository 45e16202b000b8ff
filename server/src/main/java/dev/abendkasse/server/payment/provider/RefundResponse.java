package dev.abendkasse.server.payment.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.abendkasse.server.payment.RefundReceipt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes back of a refund: nothing in it is taken on trust. */
@JsonIgnoreProperties(ignoreUnknown = true)
record RefundResponse(@Nullable String reference, @Nullable String state) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    /** @throws IllegalArgumentException if something is missing or not what it should be */
    RefundReceipt toReceipt() {
        if (reference == null || state == null || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("The payment provider's answer is not usable");
        }
        return new RefundReceipt(reference, RefundReceipt.State.valueOf(state));
    }
}
