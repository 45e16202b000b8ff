package dev.abendkasse.server.relaunch.web;

import dev.abendkasse.api.RelaunchApi;
import dev.abendkasse.api.model.MigrationCoverage;
import dev.abendkasse.api.model.MigrationEnd;
import dev.abendkasse.api.model.MigrationEndChange;
import dev.abendkasse.api.model.PasswordWrapping;
import dev.abendkasse.server.relaunch.FormerPasswords;
import dev.abendkasse.server.relaunch.RelaunchFigures;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class RelaunchController implements RelaunchApi {

    private final RelaunchFigures figures;
    private final FormerPasswords passwords;
    private final Commands commands;

    RelaunchController(RelaunchFigures figures, FormerPasswords passwords, Commands commands) {
        this.figures = figures;
        this.passwords = passwords;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<PasswordWrapping>> getPasswordWrapping(ServerWebExchange exchange) {
        return figures.wrapping().map(RelaunchMapper::toContract).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<MigrationCoverage>> getMigrationCoverage(ServerWebExchange exchange) {
        return figures.coverage().map(RelaunchMapper::toContract).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<MigrationEnd>> getMigrationEnd(ServerWebExchange exchange) {
        return passwords.end().map(RelaunchMapper::answer);
    }

    @Override
    public Mono<ResponseEntity<MigrationEnd>> setMigrationEnd(
            String ifMatch, Mono<MigrationEndChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(Callers.name(), (change, by) -> RelaunchMapper.toDomain(change, version, by))
                .flatMap(change -> commands.run(passwords.set(change)))
                .map(RelaunchMapper::answer);
    }
}
