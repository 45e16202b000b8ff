package dev.abendkasse.server.redirects.web;

import dev.abendkasse.api.model.Money;
import dev.abendkasse.api.model.PurchasePerformance;
import dev.abendkasse.api.model.RedirectBlock;
import dev.abendkasse.api.model.RedirectReason;
import dev.abendkasse.api.model.RedirectedCheckoutPage;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout.Block;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout.Performance;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Shows attempts and says their reasons in words. Names of reasons are the same in the contract and the domain. */
@Component
class RedirectMapper {

    private final MessageSource messages;

    RedirectMapper(MessageSource messages) {
        this.messages = messages;
    }

    RedirectedCheckoutPage toPage(Page<RedirectedCheckout> page, Locale locale) {
        return new RedirectedCheckoutPage()
                .items(page.items().stream()
                        .map(attempt -> toContract(attempt, locale))
                        .toList())
                .nextCursor(page.nextCursor());
    }

    private dev.abendkasse.api.model.RedirectedCheckout toContract(RedirectedCheckout attempt, Locale locale) {
        return new dev.abendkasse.api.model.RedirectedCheckout()
                .redirectId(attempt.redirectId())
                .at(attempt.at())
                .cartId(attempt.cartId())
                .pickupCode(attempt.pickupCode())
                .shopId(attempt.shopId())
                .customerId(attempt.customerId())
                .ownerId(attempt.ownerId())
                .email(attempt.email())
                .reason(RedirectReason.valueOf(attempt.reason().name()))
                .explanation(explanation(attempt, locale))
                .quantity(attempt.quantity())
                .total(toMoney(attempt.total()))
                .performances(toPerformances(attempt.performances()))
                .blocks(attempt.blocks().stream()
                        .map(RedirectMapper::toContract)
                        .toList());
    }

    private String explanation(RedirectedCheckout attempt, Locale locale) {
        var reason = "redirect." + attempt.reason();
        var over = attempt.reason() == dev.abendkasse.server.redirects.domain.RedirectReason.BLACKLISTED
                && !attempt.stillBlocked();
        return messages.getMessage(over ? reason + ".over" : reason, null, locale);
    }

    static @Nullable Money toMoney(@Nullable Price total) {
        return total == null ? null : PurchaseMapper.toContract(total.money());
    }

    static List<PurchasePerformance> toPerformances(List<Performance> performances) {
        return performances.stream()
                .map(performance -> new PurchasePerformance(
                        performance.performanceId(), performance.title(), performance.hall(), performance.startsAt()))
                .toList();
    }

    private static RedirectBlock toContract(Block block) {
        return new RedirectBlock()
                .entryId(block.entryId())
                .reason(block.reason())
                .createdAt(block.createdAt())
                .endsAt(block.endsAt())
                .liftedAt(block.liftedAt())
                .active(block.active());
    }
}
