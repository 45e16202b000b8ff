package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.EmailAddress;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Email;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address in the contract is what mail can be sent to, as {@link EmailAddress} says. The validator's own rule
 * gives way to this one, which is for a narrower type: it lets addresses in under which nobody is recognised.
 */
public final class EmailFormat implements ConstraintValidator<Email, String> {

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null
                || EmailAddress.parse(text)
                        .filter(address -> isTidy(text, address))
                        .isPresent();
    }

    /** Blanks around an address and a wide @ are forgiven only where people sign in. */
    private static boolean isTidy(String text, EmailAddress address) {
        return address.typed().equals(text) && text.indexOf('@') >= 0;
    }
}
