package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/** What is missing in a request or cannot be read. */
@Component
final class InputFaults {

    /** What Spring says when there is none, or a null. */
    private static final String NO_BODY = "No request body";

    private final FaultTexts texts;
    private final JsonFaults json;

    InputFaults(FaultTexts texts, JsonFaults json) {
        this.texts = texts;
        this.json = json;
    }

    ProblemException problem(ServerWebInputException error, Locale locale) {
        if (error instanceof MissingRequestValueException missing) {
            return missing(missing.getName(), locale);
        }
        var cause = error.getCause();
        if (NO_BODY.equals(error.getReason())) {
            return new ProblemException(
                    ProblemType.INVALID_REQUEST, Fault.at(JsonPointers.ROOT, texts.text("fault.missing", locale)));
        }
        if (cause instanceof DecodingException undecodable) {
            return problem(undecodable, locale);
        }
        if (cause instanceof JacksonException unreadable) {
            return json.problem(unreadable, locale);
        }
        var parameter = error.getMethodParameter();
        return parameter == null ? new ProblemException(ProblemType.INVALID_REQUEST) : in(parameter, cause, locale);
    }

    ProblemException problem(DecodingException error, Locale locale) {
        return error.getCause() instanceof JacksonException unreadable
                ? json.problem(unreadable, locale)
                : new ProblemException(ProblemType.MALFORMED_REQUEST);
    }

    private ProblemException in(MethodParameter parameter, @Nullable Throwable cause, Locale locale) {
        var fault = parameter.hasParameterAnnotation(RequestBody.class)
                ? Fault.at(JsonPointers.ROOT, texts.text("fault.missing", locale))
                : Fault.in(
                        Parameters.nameOf(parameter),
                        texts.text(cause == null ? "fault.missing" : "fault.form", locale));
        return new ProblemException(ProblemType.INVALID_REQUEST, fault);
    }

    private ProblemException missing(String name, Locale locale) {
        var type = HttpHeaders.IF_MATCH.equalsIgnoreCase(name)
                ? ProblemType.PRECONDITION_REQUIRED
                : ProblemType.INVALID_REQUEST;
        return new ProblemException(type, Fault.in(name, texts.text("fault.missing", locale)));
    }
}
