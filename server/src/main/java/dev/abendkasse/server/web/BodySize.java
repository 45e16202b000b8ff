package dev.abendkasse.server.web;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Passes the length of a body that is not JSON: it is still to come, and bounded by {@link BodyLimit} while it does. */
@SuppressWarnings("rawtypes")
public final class BodySize implements ConstraintValidator<Size, Mono> {

    @Override
    public boolean isValid(@Nullable Mono body, ConstraintValidatorContext context) {
        return true;
    }
}
