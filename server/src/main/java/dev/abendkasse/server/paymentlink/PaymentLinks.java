package dev.abendkasse.server.paymentlink;

import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.order.OrderPayments;
import dev.abendkasse.server.paymentlink.LinkDispatch.Delivery;
import dev.abendkasse.server.paymentlink.LinkOutcome.Done;
import dev.abendkasse.server.paymentlink.LinkOutcome.Refused;
import dev.abendkasse.server.paymentlink.domain.LinkAttempt;
import dev.abendkasse.server.paymentlink.domain.LinkCommand;
import dev.abendkasse.server.paymentlink.domain.PaymentLinkView;
import dev.abendkasse.server.paymentlink.domain.StoredLink;
import dev.abendkasse.server.paymentlink.store.PaymentLinkStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Origin;
import dev.abendkasse.server.shared.PaymentView;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Makes payment links, shows what they are for, and lets their bearers pay. Their secrets are derived and never stored. */
@Service
public class PaymentLinks {

    private static final String PURPOSE = "payment-link";

    private final PaymentLinkStore links;
    private final OrderPayments payments;
    private final CreditProperties credit;
    private final Secrets secrets;

    PaymentLinks(PaymentLinkStore links, OrderPayments payments, CreditProperties credit, Secrets secrets) {
        this.links = links;
        this.payments = payments;
        this.credit = credit;
        this.secrets = secrets;
    }

    /** The order's new link; its older one ends. The same again gives the same link. */
    public Mono<LinkOutcome<SentLink>> send(LinkDispatch dispatch) {
        var link = newIdentity();
        return links.send(new LinkCommand.Send(
                        dispatch.order().value(),
                        link.linkId(),
                        link.tokenHash(),
                        dispatch.delivery().name(),
                        dispatch.actor().name(),
                        dispatch.actor(),
                        dispatch.fence(),
                        dispatch.reason(),
                        credit.defaultLimit().amount(),
                        dispatch.repeat()))
                .map(outcome -> outcome.map(this::toSent));
    }

    /** For a link that is about to be made. */
    public LinkIdentity newIdentity() {
        var link = UUID.randomUUID();
        return new LinkIdentity(link, hashOf(tokenOf(link)));
    }

    /** Where a link leads, with its secret. Empty when it can no longer be paid under. */
    public Mono<String> urlOf(UUID linkId) {
        return links.page(linkId).map(page -> url(page, linkId));
    }

    /** What a link is for; changes nothing. */
    public Mono<LinkOutcome<PaymentLinkView>> find(String tokenHash) {
        return links.find(tokenHash);
    }

    /** Starts an attempt to pay and opens it at the provider. */
    public Mono<LinkOutcome<PaymentView>> pay(LinkPayment payment) {
        return links.pay(toCommand(payment)).flatMap(attempt -> switch (attempt) {
            case LinkAttempt.Begun(var view) -> begun(payments.begin(view, payment.repeat()));
            case LinkAttempt.BegunBefore(var id) -> begun(payments.beginAgain(id, payment.repeat()));
            case LinkAttempt.Refused(var problem) -> Mono.just(new Refused<>(problem));
        });
    }

    /** What is known here of a secret that somebody sends: hex of its hash. */
    public String hashOf(String token) {
        return secrets.hexHash(token);
    }

    private static Mono<LinkOutcome<PaymentView>> begun(Mono<PaymentView> payment) {
        return payment.<LinkOutcome<PaymentView>>map(Done::new).defaultIfEmpty(new Refused<>(ProblemType.UNAVAILABLE));
    }

    private static LinkCommand.Pay toCommand(LinkPayment payment) {
        var returnUrl = payment.returnUrl() == null ? null : payment.returnUrl().toString();
        return new LinkCommand.Pay(
                payment.tokenHash(),
                payment.confirmed(),
                UUID.randomUUID(),
                payment.method(),
                returnUrl,
                returnUrl == null ? null : Origin.of(returnUrl).orElse(""),
                payment.repeat());
    }

    private SentLink toSent(StoredLink link) {
        var delivery = Delivery.valueOf(link.delivery());
        return new SentLink(
                link.linkId(),
                link.orderId(),
                delivery,
                link.amount().money(),
                link.expiresAt(),
                delivery == Delivery.PRINT ? url(link.page(), link.linkId()) : null);
    }

    /** A browser keeps what follows the # to itself, so it is in no server's log. */
    private String url(String page, UUID linkId) {
        return page + "#" + tokenOf(linkId);
    }

    private String tokenOf(UUID linkId) {
        return secrets.tokenFor(PURPOSE, linkId);
    }
}
