package dev.abendkasse.server.boxoffice.web;

import dev.abendkasse.api.HijackNoticesApi;
import dev.abendkasse.api.model.BlacklistEntry;
import dev.abendkasse.api.model.BlacklistEvidence;
import dev.abendkasse.api.model.HijackNotice;
import dev.abendkasse.api.model.PurchaseNotice;
import dev.abendkasse.server.boxoffice.Hijacks;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.HijackNotice.Block;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tells own staff, and nobody else, why taking a purchase over takes a reason. */
@RestController
class HijackNoticeController implements HijackNoticesApi {

    private final Hijacks hijacks;
    private final Desk desk;
    private final DeskProblems problems;

    HijackNoticeController(Hijacks hijacks, Desk desk, DeskProblems problems) {
        this.hijacks = hijacks;
        this.desk = desk;
        this.problems = problems;
    }

    @Override
    public Mono<ResponseEntity<HijackNotice>> getHijackNotice(UUID hijackId, ServerWebExchange exchange) {
        return desk.look(actor -> hijacks.notice(hijackId, actor))
                .map(problems::doneOrProblem)
                .map(notice ->
                        ResponseEntity.ok(new HijackNotice(hijackId, blocks(notice)).caseNumber(notice.caseNumber())));
    }

    @Override
    public Mono<ResponseEntity<PurchaseNotice>> getCartNotice(UUID cartId, ServerWebExchange exchange) {
        return desk.look(actor -> hijacks.noticeOfCart(cartId, actor)).map(this::answer);
    }

    @Override
    public Mono<ResponseEntity<PurchaseNotice>> getOrderNotice(UUID orderId, ServerWebExchange exchange) {
        return desk.look(actor -> hijacks.noticeOfOrder(orderId, actor)).map(this::answer);
    }

    private ResponseEntity<PurchaseNotice> answer(
            DeskResult<dev.abendkasse.server.boxoffice.domain.HijackNotice> result) {
        var notice = problems.doneOrProblem(result);
        return ResponseEntity.ok(new PurchaseNotice(blocks(notice)).caseNumber(notice.caseNumber()));
    }

    private static List<BlacklistEntry> blocks(dev.abendkasse.server.boxoffice.domain.HijackNotice notice) {
        return notice.blocks().stream().map(HijackNoticeController::toContract).toList();
    }

    private static BlacklistEntry toContract(Block block) {
        return new BlacklistEntry()
                .entryId(block.entryId())
                .customerId(block.customerId())
                .email(block.email())
                .reason(block.reason())
                .evidence(block.evidence().stream()
                        .map(one -> new BlacklistEvidence(one.text()).orderNumber(one.orderNumber()))
                        .toList())
                .createdBy(block.createdBy())
                .createdAt(block.createdAt())
                .endsAt(block.endsAt())
                .version(block.version())
                .active(true);
    }
}
