package dev.abendkasse.server.redirects.web;

import dev.abendkasse.api.model.BlacklistDisclosure;
import dev.abendkasse.api.model.BlacklistDisclosureRequest;
import dev.abendkasse.api.model.BlacklistDisclosureSearch;
import dev.abendkasse.api.model.DisclosedAttempt;
import dev.abendkasse.api.model.DisclosedEntry;
import dev.abendkasse.api.model.DisclosureRecordPage;
import dev.abendkasse.api.model.DisclosureStatement;
import dev.abendkasse.api.model.DisclosureTopic;
import dev.abendkasse.server.redirects.RedirectProperties;
import dev.abendkasse.server.redirects.domain.Disclosure;
import dev.abendkasse.server.redirects.domain.DisclosureRecord;
import dev.abendkasse.server.redirects.domain.DisclosureRequest;
import dev.abendkasse.server.redirects.domain.DisclosureResult;
import dev.abendkasse.server.redirects.domain.DisclosureSearch;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes what a person is told. */
@Component
class DisclosureMapper {

    private static final int USUAL_LIMIT = 20;

    private final MessageSource messages;
    private final RedirectProperties properties;

    DisclosureMapper(MessageSource messages, RedirectProperties properties) {
        this.messages = messages;
        this.properties = properties;
    }

    static DisclosureRequest toDomain(BlacklistDisclosureRequest request, Locale language) {
        if ((request.getCustomerId() == null) == (request.getEmail() == null)) {
            throw fault("#", "{fault.one-of-customer-and-email}");
        }
        return new DisclosureRequest(
                request.getCustomerId(),
                request.getEmail(),
                request.getProof(),
                request.getCheckedBy(),
                language.getLanguage());
    }

    static DisclosureSearch toDomain(BlacklistDisclosureSearch search) {
        if (search.getCustomerId() != null && search.getEmail() != null) {
            throw fault("#", "{fault.one-of-customer-and-email}");
        }
        return new DisclosureSearch(
                search.getCustomerId(),
                search.getEmail(),
                RedirectSearchMapper.toCursor(search.getCursor()),
                Objects.requireNonNullElse(search.getLimit(), USUAL_LIMIT));
    }

    BlacklistDisclosure toldOrProblem(DisclosureResult result, Locale locale) {
        return switch (result) {
            case DisclosureResult.Told(var disclosure) -> toContract(disclosure, locale);
            case DisclosureResult.Refused(var problem) -> throw new ProblemException(problem, fault(problem));
        };
    }

    static DisclosureRecordPage toPage(Page<DisclosureRecord> page) {
        return new DisclosureRecordPage()
                .items(page.items().stream().map(DisclosureMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private BlacklistDisclosure toContract(Disclosure disclosure, Locale locale) {
        return new BlacklistDisclosure()
                .disclosureId(disclosure.disclosureId())
                .disclosedAt(disclosure.disclosedAt())
                .disclosedBy(disclosure.disclosedBy())
                .language(locale.getLanguage())
                .summary(text("disclosure.summary." + disclosure.standing(), locale))
                .entries(disclosure.entries().stream()
                        .map(DisclosureMapper::toContract)
                        .toList())
                .attempts(disclosure.attempts().stream()
                        .map(attempt -> toContract(attempt, locale))
                        .toList())
                .attemptsInAll(disclosure.attemptsInAll())
                .statements(statements(locale));
    }

    private List<DisclosureStatement> statements(Locale locale) {
        return Stream.of(DisclosureTopic.values())
                .map(topic -> new DisclosureStatement(
                        topic,
                        text("disclosure." + topic + ".heading", locale),
                        text(
                                "disclosure." + topic + ".text",
                                locale,
                                properties.keep().toDays())))
                .toList();
    }

    private static DisclosedEntry toContract(Disclosure.Entry entry) {
        return new DisclosedEntry()
                .email(entry.email())
                .reason(entry.reason())
                .since(entry.since())
                .endsAt(entry.endsAt())
                .liftedAt(entry.liftedAt())
                .active(entry.active());
    }

    private DisclosedAttempt toContract(Disclosure.Attempt attempt, Locale locale) {
        return new DisclosedAttempt()
                .at(attempt.at())
                .email(attempt.email())
                .explanation(text("disclosure.attempt." + attempt.reason(), locale))
                .quantity(attempt.quantity())
                .total(RedirectMapper.toMoney(attempt.total()))
                .performances(RedirectMapper.toPerformances(attempt.performances()));
    }

    private static dev.abendkasse.api.model.DisclosureRecord toContract(DisclosureRecord record) {
        return new dev.abendkasse.api.model.DisclosureRecord()
                .disclosureId(record.disclosureId())
                .disclosedAt(record.disclosedAt())
                .disclosedBy(record.disclosedBy())
                .checkedBy(record.checkedBy())
                .proof(record.proof())
                .language(record.language())
                .customerId(record.customerId())
                .email(record.email())
                .entryIds(record.entryIds())
                .attemptsInAll(record.attemptsInAll());
    }

    /** Numbers go in as strings: nobody wants their digits grouped. */
    private String text(String code, Locale locale, Object... arguments) {
        return messages.getMessage(
                code, Stream.of(arguments).map(String::valueOf).toArray(), locale);
    }

    private static Fault fault(ProblemType problem) {
        return problem == ProblemType.CUSTOMER_NOT_FOUND
                ? Fault.at("#/customerId", "{fault.unknown}")
                : Fault.at("#/email", "{fault.several-customers}");
    }

    private static ProblemException fault(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, detail));
    }
}
