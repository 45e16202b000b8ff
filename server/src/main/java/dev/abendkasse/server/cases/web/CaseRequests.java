package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.model.CaseApproval;
import dev.abendkasse.api.model.CaseAssignment;
import dev.abendkasse.api.model.CaseAttention;
import dev.abendkasse.api.model.CaseComment;
import dev.abendkasse.api.model.CaseKind;
import dev.abendkasse.api.model.CaseQuestion;
import dev.abendkasse.api.model.CaseRejection;
import dev.abendkasse.api.model.CaseSettlement;
import dev.abendkasse.api.model.CaseState;
import dev.abendkasse.server.cases.CaseQuestions;
import dev.abendkasse.server.cases.domain.CaseCommand;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes commands of what staff want done with a case. */
@Component
class CaseRequests {

    private final CaseQuestions questions;
    private final PaymentLinks links;
    private final CaseMapper mapper;
    private final Repeats repeats;

    CaseRequests(CaseQuestions questions, PaymentLinks links, CaseMapper mapper, Repeats repeats) {
        this.questions = questions;
        this.links = links;
        this.mapper = mapper;
        this.repeats = repeats;
    }

    static CaseSearch search(
            @Nullable CaseKind kind,
            @Nullable CaseState state,
            @Nullable CaseAttention attention,
            @Nullable String assignee,
            @Nullable Boolean assigned,
            @Nullable Instant openedBefore,
            @Nullable UUID incidentId,
            @Nullable String cursor) {
        return new CaseSearch(
                kind == null ? null : CaseFile.Kind.valueOf(kind.name()),
                state == null ? null : CaseFile.State.valueOf(state.name()),
                attention == null ? null : CaseFile.Attention.valueOf(attention.name()),
                assignee,
                assigned,
                openedBefore,
                incidentId,
                TimeCursors.read(cursor, CaseNumber::new));
    }

    CaseCommand assign(String asTold, String ifMatch, CaseAssignment request, String by) {
        return new CaseCommand.Assign(number(asTold), staff(by), version(ifMatch), request.getAssignee());
    }

    CaseCommand comment(String asTold, UUID key, CaseComment request, String by) {
        var number = number(asTold);
        var repeat = repeats.of("commentOnCase:" + by, key, number, request);
        return new CaseCommand.Comment(number, staff(by), request.getText(), repeat);
    }

    CaseCommand ask(String asTold, UUID key, String ifMatch, CaseQuestion request, String by) {
        var number = number(asTold);
        var question = UUID.randomUUID();
        return new CaseCommand.Ask(
                number,
                staff(by),
                version(ifMatch),
                request.getText(),
                question,
                questions.tokenHashOf(question),
                repeats.of("askCustomer:" + by, key, number, request));
    }

    CaseCommand approve(String asTold, UUID key, String ifMatch, CaseApproval request, String by) {
        var number = number(asTold);
        var link = links.newIdentity();
        return new CaseCommand.Approve(
                number,
                staff(by),
                version(ifMatch),
                request.getReason(),
                mapper.toLimit(request),
                link.linkId(),
                link.tokenHash(),
                null,
                repeats.of("approveCase:" + by, key, number, request));
    }

    CaseCommand reject(String asTold, UUID key, String ifMatch, CaseRejection request, String by) {
        var number = number(asTold);
        var repeat = repeats.of("rejectCase:" + by, key, number, request);
        return new CaseCommand.Reject(number, staff(by), version(ifMatch), request.getReason(), repeat);
    }

    CaseCommand settle(String asTold, UUID key, String ifMatch, CaseSettlement request, String by) {
        var number = number(asTold);
        var repeat = repeats.of("settleCase:" + by, key, number, request);
        return new CaseCommand.Settle(number, staff(by), version(ifMatch), request.getReason(), repeat);
    }

    private static String number(String asTold) {
        return CaseMapper.toNumber(asTold).value();
    }

    private static Actor staff(String by) {
        return new Actor(by, null, false, false);
    }

    private static long version(String ifMatch) {
        return Objects.requireNonNull(Headers.version(ifMatch));
    }
}
