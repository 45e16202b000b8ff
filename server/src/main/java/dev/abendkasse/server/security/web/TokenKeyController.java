package dev.abendkasse.server.security.web;

import dev.abendkasse.api.TokenKeysApi;
import dev.abendkasse.api.model.TokenKey;
import dev.abendkasse.api.model.TokenKeyList;
import dev.abendkasse.api.model.TokenKeyState;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.security.SigningKeys;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.signing.KeyRecord;
import dev.abendkasse.server.web.Commands;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The keys of access tokens, for admins. */
@RestController
class TokenKeyController implements TokenKeysApi {

    private final SigningKeys keys;
    private final Commands commands;

    TokenKeyController(SigningKeys keys, Commands commands) {
        this.keys = keys;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<TokenKeyList>> listTokenKeys(ServerWebExchange exchange) {
        return keys.records().map(TokenKeyController::answer);
    }

    @Override
    public Mono<ResponseEntity<TokenKeyList>> rotateTokenKey(ServerWebExchange exchange) {
        return Callers.name().flatMap(by -> commands.run(keys.rotate(by))).map(TokenKeyController::answer);
    }

    @Override
    public Mono<ResponseEntity<TokenKeyList>> withdrawTokenKey(String keyId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(keys.withdraw(keyId, by)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.TOKEN_KEY_NOT_FOUND)))
                .map(TokenKeyController::answer);
    }

    private static ResponseEntity<TokenKeyList> answer(List<KeyRecord> records) {
        return ResponseEntity.ok(new TokenKeyList(
                records.stream().map(TokenKeyController::toContract).toList()));
    }

    private static TokenKey toContract(KeyRecord key) {
        return new TokenKey(key.keyId(), TokenKeyState.valueOf(key.state().name()), key.createdAt())
                .activatedAt(key.activatedAt())
                .endedAt(key.endedAt());
    }
}
