package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.model.CaseFinding;
import dev.abendkasse.api.model.CaseRule;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseFile.Rule;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.shared.Money;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in words why a case is conspicuous. */
@Component
class CaseFindings {

    private final MessageSource messages;
    private final CreditProperties credit;

    CaseFindings(MessageSource messages, CreditProperties credit) {
        this.messages = messages;
        this.credit = credit;
    }

    List<CaseFinding> toContract(CaseFile file, Locale locale) {
        return file.findings().stream()
                .map(finding -> new CaseFinding(
                        CaseRule.valueOf(finding.rule().name()),
                        finding.found(),
                        finding.threshold(),
                        text(finding, locale)))
                .toList();
    }

    private String text(CaseFile.Finding finding, Locale locale) {
        var figures = new Object[] {
            shown(finding.rule(), finding.found(), locale), shown(finding.rule(), finding.threshold(), locale)
        };
        return messages.getMessage("case.finding." + finding.rule(), figures, locale);
    }

    private Object shown(Rule rule, long figure, Locale locale) {
        return switch (rule) {
            case AMOUNT, BOOKS_DIFFER -> new Money(figure, credit.currency()).shownIn(locale);
            case OVERRUN, ORDERS, NEW_CUSTOMER, OPEN_CASES, REJECTED_CASES -> figure;
        };
    }
}
