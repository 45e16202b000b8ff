package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.model.NewsletterBounce;
import dev.abendkasse.server.newsletter.domain.Bounce;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.codec.DecodingException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** From the contract's bounce to ours. */
@Component
class BounceMapper {

    private static final int ID_LENGTH = 36;

    private final JsonMapper json;
    private final Validator validator;

    /** Providers add fields without asking, so those are let through here. */
    BounceMapper(JsonMapper json, Validator validator) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.validator = validator;
    }

    Bounce toBounce(String webhookId, String body) {
        var bounce = valid(parse(body));
        var name = bounce.getMessageId().startsWith("<") ? bounce.getMessageId().substring(1) : bounce.getMessageId();
        return new Bounce(
                "webhook:" + webhookId,
                delivery(name.substring(0, Math.min(ID_LENGTH, name.length()))),
                Bounce.Kind.valueOf(bounce.getKind().name()),
                bounce.getStatus());
    }

    private static UUID delivery(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/messageId", "{fault.invalid}"));
        }
    }

    private NewsletterBounce parse(String body) {
        try {
            return Objects.requireNonNull(json.readValue(body, NewsletterBounce.class), "null is no bounce");
        } catch (JacksonException | NullPointerException e) {
            throw new DecodingException("The bounce cannot be read", e);
        }
    }

    private NewsletterBounce valid(NewsletterBounce parsed) {
        var violations = validator.validate(parsed);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return parsed;
    }
}
