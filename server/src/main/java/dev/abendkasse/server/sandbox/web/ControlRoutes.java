package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.SandboxControl;
import dev.abendkasse.server.sandbox.domain.SandboxAccount;
import dev.abendkasse.server.sandbox.domain.SandboxDispute;
import dev.abendkasse.server.sandbox.domain.SandboxRefund;
import dev.abendkasse.server.sandbox.domain.SandboxRefundEvent;
import dev.abendkasse.server.sandbox.domain.SandboxRefundOrder;
import dev.abendkasse.server.sandbox.domain.SandboxRefunds;
import dev.abendkasse.server.sandbox.web.SandboxRequests.ControlEvent;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What the sandbox answers where it is about money that goes back. */
@SandboxComponent
class ControlRoutes {

    private final SandboxControl control;
    private final ControlPage page;
    private final PageFrame frame;
    private final SandboxRequests requests;
    private final JsonMapper json;

    ControlRoutes(
            SandboxControl control, ControlPage page, PageFrame frame, SandboxRequests requests, JsonMapper json) {
        this.control = control;
        this.page = page;
        this.frame = frame;
        this.requests = requests;
        this.json = json;
    }

    /** What the shop asks for. */
    Mono<Answer> refund(SandboxRequest request) {
        var order = requests.refund(request);
        return control.find(order.paymentId())
                .switchIfEmpty(Mono.error(() -> new Refusal(404, "There is no such payment")))
                .then(Mono.defer(() -> control.refund(order)))
                .switchIfEmpty(Mono.error(() -> new Refusal(422, "It cannot be given back")))
                .map(made -> made(order, made));
    }

    Mono<Answer> show(SandboxRequest request) {
        return control.find(request.id())
                .map(account -> page.show(200, account, request.locale()))
                .switchIfEmpty(Mono.fromSupplier(() -> frame.unknown(request.locale())));
    }

    /** What a button does; a test may do the same in JSON and then reads the account instead of the page. */
    Mono<Answer> decide(SandboxRequest request) {
        var event = requests.controlEvent(request);
        return happen(request.id(), event)
                .flatMap(happened -> control.find(request.id()).map(account -> done(request, account, happened)))
                .switchIfEmpty(Mono.error(() -> new Refusal(404, "There is no such payment")));
    }

    private Mono<Boolean> happen(UUID payment, ControlEvent event) {
        var choice = SandboxRefunds.byCode(event.event());
        if (choice.isPresent()) {
            return control.choose(payment, choice.get());
        }
        var dispute = SandboxDispute.byCode(event.event());
        if (dispute.isPresent()) {
            return control.dispute(payment, dispute.get());
        }
        var refund = SandboxRefundEvent.byCode(event.event());
        return refund.isPresent() && event.refund() != null
                ? control.happen(payment, event.refund(), refund.get())
                : Mono.error(() -> new Refusal(400, "event is not known"));
    }

    private Answer made(SandboxRefundOrder order, SandboxRefund made) {
        if (!order.asks(made)) {
            throw new Refusal(409, "The refundId was used for another refund");
        }
        var receipt =
                Map.of("reference", made.reference(), "state", made.answer().name());
        return Answer.json(201, json.writeValueAsString(receipt));
    }

    private Answer done(SandboxRequest request, SandboxAccount account, boolean happened) {
        if (request.json()) {
            return Answer.json(happened ? 200 : 409, json.writeValueAsString(view(account)));
        }
        return happened
                ? Answer.seeOther(ControlPage.address(request.id()))
                : page.show(409, account, request.locale());
    }

    private static Map<String, Object> view(SandboxAccount account) {
        return Map.of(
                "state", account.booking().state(),
                "dispute",
                        account.dispute() == null ? "NONE" : account.dispute().name(),
                "refunds", account.made());
    }
}
