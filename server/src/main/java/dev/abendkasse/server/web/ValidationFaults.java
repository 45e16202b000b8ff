package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.stereotype.Component;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Which bounds of the contract a request breaks, and where. */
@Component
final class ValidationFaults {

    private static final int MAX_FAULTS = 100;

    private static final Comparator<Fault> ORDER =
            Comparator.comparing(ValidationFaults::place).thenComparing(Fault::detail);

    private final FaultTexts texts;

    ValidationFaults(FaultTexts texts) {
        this.texts = texts;
    }

    ProblemException problem(WebExchangeBindException error, Locale locale) {
        return problem(error.getAllErrors().stream().map(one -> inBody(one, locale)));
    }

    ProblemException problem(HandlerMethodValidationException error, Locale locale) {
        return problem(error.getParameterValidationResults().stream().flatMap(result -> of(result, locale)));
    }

    ProblemException problem(ConstraintViolationException error, Locale locale) {
        return problem(error.getConstraintViolations().stream()
                .map(violation -> Fault.at(
                        JsonPointers.of(violation.getPropertyPath().toString()), texts.of(violation, locale))));
    }

    /** In one order: validation finds faults in any. */
    private static ProblemException problem(Stream<Fault> faults) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                faults.distinct().sorted(ORDER).limit(MAX_FAULTS).toList(),
                Map.of());
    }

    private static String place(Fault fault) {
        return fault.pointer() == null ? String.valueOf(fault.parameter()) : fault.pointer();
    }

    private Stream<Fault> of(ParameterValidationResult result, Locale locale) {
        return result instanceof ParameterErrors body
                ? body.getAllErrors().stream().map(error -> inBody(error, locale))
                : errors(result).stream().map(error -> inParameter(result, error, locale));
    }

    private static List<MessageSourceResolvable> errors(ParameterValidationResult result) {
        return result.getResolvableErrors();
    }

    private Fault inBody(ObjectError error, Locale locale) {
        var pointer = error instanceof FieldError field ? JsonPointers.of(field.getField()) : JsonPointers.ROOT;
        var detail = error.contains(ConstraintViolation.class)
                ? texts.of(error.unwrap(ConstraintViolation.class), locale)
                : texts.invalid(locale);
        return Fault.at(pointer, detail);
    }

    private Fault inParameter(ParameterValidationResult result, MessageSourceResolvable error, Locale locale) {
        var violation = result.unwrap(error, ConstraintViolation.class);
        return Fault.in(Parameters.nameOf(result.getMethodParameter()), texts.of(violation, locale));
    }
}
