package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case and its customer, as things are now. The names of the components are those that the database writes.
 *
 * @param sender the organiser's name
 * @param email where letters go: the customer's present address, or the one that a guest typed; null when there is none
 * @param limit what the customer may owe now
 * @param messageId the question that the letter asks
 * @param asked whether that is what is asked now
 */
public record CaseLetterFacts(
        Instant now,
        String caseNumber,
        CaseState state,
        String language,
        String sender,
        @Nullable String email,
        @Nullable String buyer,
        @Nullable String orderNumber,
        Price limit,
        @Nullable UUID messageId,
        @Nullable String question,
        boolean asked) {}
