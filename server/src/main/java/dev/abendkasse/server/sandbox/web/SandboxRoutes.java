package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.Sandbox;
import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.SandboxPage;
import dev.abendkasse.server.sandbox.domain.SandboxBooking;
import dev.abendkasse.server.sandbox.domain.SandboxEvent;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What the sandbox answers at each of its addresses. */
@SandboxComponent
class SandboxRoutes {

    private final Sandbox sandbox;
    private final PayPage page;
    private final PageFrame frame;
    private final SandboxRequests requests;
    private final JsonMapper json;

    SandboxRoutes(Sandbox sandbox, PayPage page, PageFrame frame, SandboxRequests requests, JsonMapper json) {
        this.sandbox = sandbox;
        this.page = page;
        this.frame = frame;
        this.requests = requests;
        this.json = json;
    }

    Mono<Answer> open(SandboxRequest request, String base) {
        var payment = requests.payment(request);
        return sandbox.open(payment).map(same -> opened(payment, base, same));
    }

    Mono<Answer> cancel(SandboxRequest request) {
        return sandbox.find(request.id()).flatMap(this::cancel).switchIfEmpty(Mono.fromSupplier(this::unknown));
    }

    /** For a shop that has heard nothing. */
    Mono<Answer> standing(SandboxRequest request) {
        return sandbox.find(request.id()).map(this::standing).switchIfEmpty(Mono.fromSupplier(this::unknown));
    }

    Mono<Answer> show(SandboxRequest request) {
        return sandbox.find(request.id())
                .map(booking -> page.show(200, booking, request.locale()))
                .switchIfEmpty(Mono.fromSupplier(() -> frame.unknown(request.locale())));
    }

    /** What a button does; a test may do the same in JSON and then reads the state instead of being sent on. */
    Mono<Answer> simulate(SandboxRequest request) {
        var event = requests.event(request);
        return happen(request.id(), event)
                .flatMap(happened -> sandbox.find(request.id()).map(booking -> done(request, booking, happened)))
                .switchIfEmpty(Mono.fromSupplier(() -> request.json() ? unknown() : frame.unknown(request.locale())));
    }

    Mono<Answer> show(SandboxPage page, SandboxRequest request) {
        return page.show(request.path(), request.part(), request.locale())
                .map(view -> switch (view) {
                    case SandboxPage.Content content -> PageFrame.page(content, request.locale());
                    case SandboxPage.Raw raw -> Answer.of(raw);
                })
                .switchIfEmpty(Mono.fromSupplier(() -> Answer.json(404, error("There is nothing here"))));
    }

    Mono<Answer> style() {
        return Mono.just(Answer.css(PageFrame.STYLE));
    }

    private Mono<Boolean> happen(UUID payment, String event) {
        return SandboxEvent.byCode(event)
                .map(known -> sandbox.happen(payment, known))
                .orElse(Mono.just(true));
    }

    private Mono<Answer> cancel(SandboxBooking booking) {
        return sandbox.cancel(booking)
                .flatMap(done -> sandbox.find(booking.payment().paymentId()).map(now -> state(done ? 200 : 409, now)));
    }

    private Answer opened(SandboxPayment payment, String base, boolean same) {
        var session = Map.of(
                "reference", payment.reference(),
                "url", base + "/payments/" + payment.paymentId(),
                "clientSecret", payment.reference() + "-secret");
        return same
                ? Answer.json(201, json.writeValueAsString(session))
                : Answer.json(422, error("The paymentId was used for another payment"));
    }

    private Answer done(SandboxRequest request, SandboxBooking booking, boolean happened) {
        if (request.json()) {
            return state(happened ? 200 : 409, booking);
        }
        var returnUrl = booking.payment().returnUrl();
        return happened && returnUrl != null
                ? Answer.seeOther(returnUrl)
                : page.show(happened ? 200 : 409, booking, request.locale());
    }

    private Answer state(int status, SandboxBooking booking) {
        return Answer.json(
                status, json.writeValueAsString(Map.of("state", booking.state().name())));
    }

    private Answer standing(SandboxBooking booking) {
        var payment = booking.payment();
        var standing = Map.of(
                "reference", payment.reference(),
                "state", booking.state().name(),
                "amount", payment.amount(),
                "currency", payment.currency());
        return Answer.json(200, json.writeValueAsString(standing));
    }

    private Answer unknown() {
        return Answer.json(404, error("There is no such payment"));
    }

    private String error(String reason) {
        return json.writeValueAsString(Map.of("error", reason));
    }

    Answer refused(Refusal refusal) {
        return Answer.json(refusal.status(), error(String.valueOf(refusal.getMessage())));
    }
}
