package dev.abendkasse.server.web;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Applies the contract's bounds to addresses, for whose type the validator brings none. */
public final class AddressSize implements ConstraintValidator<Size, URI> {

    private int min;
    private int max = Integer.MAX_VALUE;

    @Override
    public void initialize(Size bounds) {
        min = bounds.min();
        max = bounds.max();
    }

    @Override
    public boolean isValid(@Nullable URI address, ConstraintValidatorContext context) {
        if (address == null) {
            return true;
        }
        int length = address.toString().length();
        return length >= min && length <= max;
    }
}
