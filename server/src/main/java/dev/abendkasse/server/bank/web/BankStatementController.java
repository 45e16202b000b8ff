package dev.abendkasse.server.bank.web;

import dev.abendkasse.api.BankStatementsApi;
import dev.abendkasse.api.model.BankLine;
import dev.abendkasse.api.model.BankLineBooking;
import dev.abendkasse.api.model.BankLineDismissal;
import dev.abendkasse.api.model.BankLinePage;
import dev.abendkasse.api.model.BankLineState;
import dev.abendkasse.api.model.BankStatement;
import dev.abendkasse.api.model.BankStatementPage;
import dev.abendkasse.api.model.ExactBookings;
import dev.abendkasse.api.model.ReceivedPayment;
import dev.abendkasse.server.bank.BankStatementService;
import dev.abendkasse.server.bank.LineBookings;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import dev.abendkasse.server.web.UploadedText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class BankStatementController implements BankStatementsApi {

    private final BankStatementService statements;
    private final LineBookings bookings;
    private final Commands commands;
    private final Repeats repeats;

    BankStatementController(
            BankStatementService statements, LineBookings bookings, Commands commands, Repeats repeats) {
        this.statements = statements;
        this.bookings = bookings;
        this.commands = commands;
        this.repeats = repeats;
    }

    /** Read as bytes: which characters they are is part of what may be wrong. */
    @Override
    public Mono<ResponseEntity<BankStatement>> uploadBankStatement(
            UUID idempotencyKey, Mono<String> body, ServerWebExchange exchange) {
        return UploadedText.of(exchange.getRequest())
                .zipWith(Callers.name())
                .flatMap(both -> commands.run(statements.upload(
                        both.getT1().bytes(),
                        both.getT1().charset(),
                        both.getT2(),
                        repeats.of(
                                "uploadBankStatement:" + both.getT2(),
                                idempotencyKey,
                                both.getT1().digest()))))
                .map(BankMapper::toContract)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<BankStatementPage>> listBankStatements(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return statements
                .list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(BankMapper::toStatements)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BankStatement>> getBankStatement(UUID statementId, ServerWebExchange exchange) {
        return statements.find(statementId).map(BankMapper::toContract).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<BankLinePage>> listBankLines(
            UUID statementId,
            @Nullable BankLineState state,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        return statements
                .lines(statementId, BankMapper.toState(state), TimeCursors.read(cursor, Integer::valueOf), limit)
                .map(BankMapper::toLines)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<ExactBookings>> bookExactLines(
            UUID statementId, UUID idempotencyKey, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(bookings.bookExact(
                        statementId, by, repeats.of("bookExactLines:" + statementId, idempotencyKey, statementId))))
                .map(BankMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<ReceivedPayment>> bookBankLine(
            UUID lineId, UUID idempotencyKey, Mono<BankLineBooking> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both -> commands.run(bookings.book(
                        lineId,
                        BankMapper.toOrder(both.getT1()),
                        both.getT2(),
                        repeats.of("bookBankLine:" + lineId, idempotencyKey, both.getT1()))))
                .map(BankMapper::bookedOrProblem)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<BankLine>> dismissBankLine(
            UUID lineId, Mono<BankLineDismissal> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both ->
                        commands.run(bookings.dismiss(lineId, both.getT1().getReason(), both.getT2())))
                .map(BankMapper::dismissedOrProblem)
                .map(ResponseEntity::ok);
    }
}
