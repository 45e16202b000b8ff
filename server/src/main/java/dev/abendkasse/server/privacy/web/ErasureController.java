package dev.abendkasse.server.privacy.web;

import dev.abendkasse.api.ErasuresApi;
import dev.abendkasse.api.model.CustomerErasureReceipt;
import dev.abendkasse.api.model.ErasureRequest;
import dev.abendkasse.api.model.GuestErasure;
import dev.abendkasse.api.model.GuestErasureRequest;
import dev.abendkasse.server.privacy.ErasureDesk;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.web.Commands;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ErasureController implements ErasuresApi {

    private final ErasureDesk desk;
    private final Commands commands;

    ErasureController(ErasureDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<CustomerErasureReceipt>> eraseCustomer(
            UUID customerId, Mono<ErasureRequest> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (request, by) -> desk.erase(new CustomerId(customerId), request.getReason(), by))
                .flatMap(commands::run)
                .map(result -> ResponseEntity.ok(new CustomerErasureReceipt(MyDataMapper.erasedOrProblem(result))));
    }

    @Override
    public Mono<ResponseEntity<GuestErasure>> eraseGuest(Mono<GuestErasureRequest> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (request, by) ->
                                desk.eraseGuest(request.getEmail(), request.getProof(), request.getReason(), by))
                .flatMap(commands::run)
                .map(MyDataMapper::guestOrProblem)
                .map(erased -> ResponseEntity.ok(new GuestErasure(erased.orders(), erased.carts())));
    }
}
