package dev.abendkasse.server.helpdesk.web;

import dev.abendkasse.api.model.HelpDeskMessage;
import dev.abendkasse.server.helpdesk.domain.DeskMessage;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.springframework.core.codec.DecodingException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From the contract's message to ours. */
@Component
class DeskMessageMapper {

    private final JsonMapper json;
    private final Validator validator;

    /** Help desks add fields without asking, so those are let through here. */
    DeskMessageMapper(JsonMapper json, Validator validator) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.validator = validator;
    }

    DeskMessage toMessage(String helpDesk, String body) {
        var told = valid(parse(body));
        return new DeskMessage(
                helpDesk,
                told.getMessageId(),
                told.getCaseNumber(),
                null,
                told.getTicketNumber(),
                told.getAuthor(),
                null,
                told.getText());
    }

    private HelpDeskMessage parse(String body) {
        try {
            if (json.readTree(body) instanceof ObjectNode told) {
                return json.treeToValue(told, HelpDeskMessage.class);
            }
            throw new ProblemException(ProblemType.MALFORMED_REQUEST);
        } catch (JacksonException e) {
            throw new DecodingException("The message cannot be read", e);
        }
    }

    private HelpDeskMessage valid(HelpDeskMessage parsed) {
        var violations = validator.validate(parsed);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return parsed;
    }
}
