package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON body, and where. */
@Component
final class JsonFaults {

    /** Jackson tells the field's name in no other way. */
    private static final Pattern TWICE = Pattern.compile("^Duplicate Object property \"(.*)\"", Pattern.DOTALL);

    private final FaultTexts texts;

    JsonFaults(FaultTexts texts) {
        this.texts = texts;
    }

    ProblemException problem(JacksonException error, Locale locale) {
        var code = codeOf(error);
        return code == null ? malformed(error, locale) : invalid(error, texts.text(code, locale));
    }

    private static ProblemException invalid(JacksonException error, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(JsonPointers.of(error.getPath()), detail));
    }

    /** Null when the text is no JSON at all. */
    private static @Nullable String codeOf(JacksonException error) {
        return switch (error) {
            case UnrecognizedPropertyException _ -> "fault.unknown-field";
            case InvalidNullException _ -> "fault.null";
            case InvalidTypeIdException _ -> "fault.unknown-value";
            case StrictTextException _ -> "fault.text";
            case InvalidFormatException e -> e.getTargetType().isEnum() ? "fault.unknown-value" : "fault.form";
            case ValueInstantiationException _ -> "fault.unknown-value";
            case MismatchedInputException e -> isTrailing(e) ? null : "fault.type";
            case InputCoercionException _ -> "fault.number-range";
            case StreamConstraintsException _ -> "fault.excess";
            default -> null;
        };
    }

    private static boolean isTrailing(MismatchedInputException error) {
        return error.getPath().isEmpty() && error.getOriginalMessage().startsWith("Trailing token");
    }

    private ProblemException malformed(JacksonException error, Locale locale) {
        var twice = TWICE.matcher(error.getOriginalMessage());
        if (twice.find()) {
            var path = new ArrayList<>(error.getPath());
            path.add(new Reference(null, twice.group(1)));
            return new ProblemException(
                    ProblemType.MALFORMED_REQUEST, Fault.at(JsonPointers.of(path), texts.text("fault.twice", locale)));
        }
        var place = error.getLocation();
        var detail = place == null || place.getLineNr() < 1
                ? texts.invalid(locale)
                : texts.text("fault.syntax", locale, place.getLineNr(), place.getColumnNr());
        return new ProblemException(ProblemType.MALFORMED_REQUEST, Fault.at(JsonPointers.of(error.getPath()), detail));
    }
}
