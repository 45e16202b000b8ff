package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.model.HandBack;
import dev.abendkasse.api.model.HijackKind;
import dev.abendkasse.api.model.HijackRequest;
import dev.abendkasse.api.model.HijackState;
import dev.abendkasse.server.boxoffice.domain.HandedBack;
import dev.abendkasse.server.boxoffice.domain.Hijack;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.Languages;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Shows hijacks as the contract has them, with the warning in the clerk's language. */
@Component
class HijackMapper {

    private final CartViews carts;
    private final MessageSource messages;

    HijackMapper(CartViews carts, MessageSource messages) {
        this.carts = carts;
        this.messages = messages;
    }

    /** A purchase is named in exactly one way. */
    static void requireOneName(HijackRequest request) {
        var names = Stream.of(request.getCartId(), request.getOrderId(), request.getPickupCode())
                .filter(Objects::nonNull)
                .count();
        if (names != 1) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.one-purchase}"));
        }
    }

    dev.abendkasse.api.model.Hijack toContract(Hijack hijack, ServerWebExchange exchange) {
        var shown = new dev.abendkasse.api.model.Hijack(
                        hijack.hijackId(),
                        HijackState.valueOf(hijack.state().name()),
                        HijackKind.valueOf(hijack.kind().name()),
                        hijack.warnedUntil(),
                        hijack.version(),
                        hijack.reasonRequired(),
                        hijack.clerk(),
                        hijack.createdAt())
                .confirmedAt(hijack.confirmedAt())
                .endedAt(hijack.endedAt())
                .cart(hijack.cart() == null ? null : carts.toContract(hijack.cart()))
                .order(hijack.order() == null ? null : DeskOrderMapper.toContract(hijack.order()));
        return hijack.state() == Hijack.State.WARNED ? shown.warning(warning(hijack, exchange)) : shown;
    }

    static HandBack toContract(HandedBack back) {
        return new HandBack(
                dev.abendkasse.api.model.HandedBack.valueOf(back.handedBack().name()),
                DeskOrderMapper.toContract(back.order()));
    }

    private String warning(Hijack hijack, ServerWebExchange exchange) {
        var code = hijack.kind() == Hijack.Kind.CART ? "hijack.warning.cart" : "hijack.warning.order";
        return messages.getMessage(code, null, Languages.of(exchange.getRequest()));
    }
}
