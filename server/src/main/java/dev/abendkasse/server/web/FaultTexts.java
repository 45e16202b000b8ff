package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolation;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What problems and faults say to people, from the messages files. */
@Component
final class FaultTexts {

    private static final String INVALID = "fault.invalid";

    private final MessageSource messages;

    FaultTexts(MessageSource messages) {
        this.messages = messages;
    }

    String title(ProblemType type, Locale locale) {
        return text("problem." + type.code() + ".title", locale);
    }

    String detail(ProblemType type, Locale locale) {
        return text("problem." + type.code() + ".detail", locale);
    }

    /** A use case writes the text itself, or a message code in braces. */
    String of(Fault fault, Locale locale) {
        var detail = fault.detail();
        return detail.startsWith("{") && detail.endsWith("}")
                ? text(detail.substring(1, detail.length() - 1), locale)
                : detail;
    }

    /** Numbers go in as strings: nobody wants their digits grouped. */
    String text(String code, Locale locale, Object... arguments) {
        var strings = Stream.of(arguments).map(String::valueOf).toArray();
        return messages.getMessage(code, strings.length == 0 ? null : strings, code, locale) instanceof String text
                ? text
                : code;
    }

    String of(ConstraintViolation<?> violation, Locale locale) {
        var constraint = violation.getConstraintDescriptor();
        var attributes = constraint.getAttributes();
        var code = "fault." + constraint.getAnnotation().annotationType().getSimpleName();
        var arguments = new Object[] {
            String.valueOf(attributes.get("min")),
            String.valueOf(attributes.get("max")),
            String.valueOf(attributes.get("value"))
        };
        return messages.getMessage(code, arguments, invalid(locale), locale) instanceof String text ? text : code;
    }

    String invalid(Locale locale) {
        return text(INVALID, locale);
    }
}
