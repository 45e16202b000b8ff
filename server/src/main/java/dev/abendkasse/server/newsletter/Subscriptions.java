package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.newsletter.domain.ConsentFact;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.NewsletterState;
import dev.abendkasse.server.newsletter.domain.OwnStanding;
import dev.abendkasse.server.newsletter.domain.Wording;
import dev.abendkasse.server.newsletter.store.ConsentStore;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers say about the newsletter. */
@Service
public class Subscriptions {

    private final ConsentStore consents;
    private final NewsletterLinks links;

    Subscriptions(ConsentStore consents, NewsletterLinks links) {
        this.consents = consents;
        this.links = links;
    }

    /** The words that one says yes to now. */
    public Mono<Wording> wording() {
        return consents.wording();
    }

    /**
     * A visitor asks. An account that has this address is mailed a link, at most once a day; the caller must not be able to tell.
     *
     * @param from where on the Internet the request comes from
     */
    public Mono<Void> ask(EmailAddress email, String from) {
        return consents.ask(email.canonical(), from);
    }

    /** A customer asks. Empty when the account is no more. */
    public Mono<OwnStanding> ask(CustomerId customer, String from) {
        return consents.ask(customer, from).then(Mono.defer(() -> consents.own(customer)));
    }

    /** Empty when the account is no more. */
    public Mono<OwnStanding> own(CustomerId customer) {
        return consents.own(customer);
    }

    /** Empty when the account is no more. */
    public Mono<OwnStanding> withdraw(CustomerId customer, String from) {
        return consents.withdraw(customer, from).then(Mono.defer(() -> consents.own(customer)));
    }

    /** @param token the secret of the link that was mailed */
    public Mono<NewsletterResult<NewsletterState>> confirm(String token, String from) {
        return Mono.justOrEmpty(links.confirmed(token))
                .flatMap(request -> consents.confirm(request, from))
                .defaultIfEmpty(new NewsletterResult.Refused<>(ProblemType.NEWSLETTER_LINK_NOT_FOUND, null));
    }

    /** By the link in an issue. Tells nobody whether there was anything to end. */
    public Mono<Void> withdrawByLink(String token, String from) {
        return Mono.justOrEmpty(links.withdrawn(token))
                .flatMap(delivery -> consents.withdrawByMail(delivery, ConsentFact.Source.MAIL, from));
    }

    /** The same by the button of a mail program. */
    public Mono<Void> withdrawByClick(String token, String from) {
        return Mono.justOrEmpty(links.clicked(token))
                .flatMap(delivery -> consents.withdrawByMail(delivery, ConsentFact.Source.ONE_CLICK, from));
    }
}
