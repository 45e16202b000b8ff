package dev.abendkasse.server.hotline.web;

import dev.abendkasse.api.model.CustomerAddress;
import dev.abendkasse.api.model.CustomerMail;
import dev.abendkasse.api.model.CustomerMailKind;
import dev.abendkasse.api.model.CustomerMailState;
import dev.abendkasse.api.model.CustomerMatch;
import dev.abendkasse.api.model.CustomerNewsletter;
import dev.abendkasse.api.model.CustomerNewsletterObstacle;
import dev.abendkasse.api.model.CustomerSearchResult;
import dev.abendkasse.api.model.LoginNextStep;
import dev.abendkasse.api.model.LoginState;
import dev.abendkasse.server.hotline.domain.AccountResult;
import dev.abendkasse.server.hotline.domain.CustomerFile;
import dev.abendkasse.server.hotline.domain.CustomerHit;
import dev.abendkasse.server.hotline.domain.FoundCustomers;
import dev.abendkasse.server.hotline.domain.LoginFacts;
import dev.abendkasse.server.hotline.web.CustomerSearchMapper.HitId;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Shows customers to staff. Names of states are the same in the contract and the domain. */
final class CustomerViews {

    private CustomerViews() {}

    static CustomerSearchResult toResult(FoundCustomers found, int limit) {
        var page = Page.of(found.hits(), limit, CustomerViews::cursor);
        return new CustomerSearchResult()
                .items(page.items().stream().map(CustomerViews::toContract).toList())
                .complete(found.complete())
                .guestOrders(found.guestOrders())
                .nextCursor(page.nextCursor());
    }

    static CustomerFile doneOrProblem(AccountResult result) {
        return switch (result) {
            case AccountResult.Done(var customer) -> customer;
            case AccountResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    static dev.abendkasse.api.model.CustomerFile toContract(CustomerFile file) {
        var login = file.login();
        return new dev.abendkasse.api.model.CustomerFile()
                .customerId(file.customerId())
                .name(file.name())
                .email(file.email())
                .phone(file.phone())
                .language(file.language())
                .createdAt(file.createdAt())
                .loginState(LoginState.valueOf(login.state().name()))
                .nextStep(nextStep(login, LoginFacts.Match.CUSTOMER_ID))
                .emailProven(login.emailProven())
                .formerPassword(login.formerPassword())
                .lastLoginAt(login.lastLoginAt())
                .mergedInto(login.mergedInto())
                .firstLoginAt(file.firstLoginAt())
                .passwordChangedAt(file.passwordChangedAt())
                .lockedAt(file.lockedAt())
                .lockedBy(file.lockedBy())
                .lockReason(file.lockReason())
                .mergedAt(file.mergedAt())
                .erasedAt(file.erasedAt())
                .mergedFrom(file.mergedFrom())
                .addresses(
                        file.addresses().stream().map(CustomerViews::toContract).toList())
                .userNames(file.userNames())
                .mails(file.mails().stream().map(CustomerViews::toContract).toList())
                .orders(file.orders())
                .openOrders(file.openOrders())
                .openCases(file.openCases())
                .blocked(file.blocked())
                .newsletter(CustomerNewsletter.valueOf(file.newsletter().name()))
                .newsletterObstacle(toObstacle(file.newsletterObstacle()));
    }

    private static dev.abendkasse.api.model.CustomerHit toContract(CustomerHit hit) {
        var login = hit.login();
        return new dev.abendkasse.api.model.CustomerHit()
                .customerId(hit.customerId())
                .name(hit.name())
                .email(hit.email())
                .phone(hit.phone())
                .matchedBy(CustomerMatch.valueOf(hit.matchedBy().name()))
                .loginState(LoginState.valueOf(login.state().name()))
                .nextStep(nextStep(login, hit.matchedBy()))
                .emailProven(login.emailProven())
                .formerPassword(login.formerPassword())
                .lastLoginAt(login.lastLoginAt())
                .mergedInto(login.mergedInto())
                .createdAt(hit.createdAt());
    }

    private static @Nullable CustomerNewsletterObstacle toObstacle(@Nullable String obstacle) {
        return obstacle == null ? null : CustomerNewsletterObstacle.valueOf(obstacle);
    }

    private static LoginNextStep nextStep(LoginFacts login, LoginFacts.Match match) {
        return LoginNextStep.valueOf(login.nextStep(match).name());
    }

    private static CustomerAddress toContract(CustomerFile.Address address) {
        return new CustomerAddress(address.email(), address.since())
                .until(address.until())
                .provenAt(address.provenAt());
    }

    private static CustomerMail toContract(CustomerFile.Mail mail) {
        return new CustomerMail(
                CustomerMailKind.valueOf(mail.kind()),
                mail.email(),
                mail.sentAt(),
                mail.expiresAt(),
                CustomerMailState.valueOf(mail.state().name()));
    }

    private static String cursor(CustomerHit last) {
        return new TimeCursor<>(last.createdAt(), new HitId(last.rank(), last.customerId())).text();
    }
}
