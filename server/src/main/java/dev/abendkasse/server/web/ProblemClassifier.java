package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import java.util.Locale;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebInputException;

/** Finds the problem behind whatever ended a request. */
@Component
final class ProblemClassifier {

    private final InputFaults input;
    private final ValidationFaults validation;

    ProblemClassifier(InputFaults input, ValidationFaults validation) {
        this.input = input;
        this.validation = validation;
    }

    ProblemException problem(Throwable error, Locale locale) {
        return switch (error) {
            case ProblemException e -> e;
            case WebExchangeBindException e -> validation.problem(e, locale);
            case HandlerMethodValidationException e when !e.isForReturnValue() -> validation.problem(e, locale);
            case ConstraintViolationException e -> validation.problem(e, locale);
            case ServerWebInputException e -> input.problem(e, locale);
            case DecodingException e -> input.problem(e, locale);
            case DataBufferLimitException _ -> new ProblemException(ProblemType.CONTENT_TOO_LARGE);
            case AuthenticationServiceException e -> ours(e);
            case AuthenticationException _ -> new ProblemException(ProblemType.UNAUTHORIZED);
            case AccessDeniedException _ -> new ProblemException(ProblemType.FORBIDDEN);
            case ErrorResponse e -> new ProblemException(typeFor(e.getStatusCode()));
            default -> ours(error);
        };
    }

    private static ProblemException ours(Throwable error) {
        return new ProblemException(Overload.isBehind(error) ? ProblemType.UNAVAILABLE : ProblemType.INTERNAL_ERROR);
    }

    private static ProblemType typeFor(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ProblemType.UNAUTHORIZED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.CONTENT_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ProblemType.TOO_MANY_REQUESTS;
            case 503 -> ProblemType.UNAVAILABLE;
            default -> status.is4xxClientError() ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL_ERROR;
        };
    }
}
