package dev.abendkasse.server.redirects.web;

import dev.abendkasse.api.BlacklistDisclosuresApi;
import dev.abendkasse.api.model.BlacklistDisclosure;
import dev.abendkasse.api.model.BlacklistDisclosureRequest;
import dev.abendkasse.api.model.BlacklistDisclosureSearch;
import dev.abendkasse.api.model.DisclosureRecordPage;
import dev.abendkasse.server.redirects.Disclosures;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Languages;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class DisclosureController implements BlacklistDisclosuresApi {

    private final Disclosures disclosures;
    private final DisclosureMapper mapper;
    private final Commands commands;

    DisclosureController(Disclosures disclosures, DisclosureMapper mapper, Commands commands) {
        this.disclosures = disclosures;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<BlacklistDisclosure>> discloseBlacklisting(
            Mono<BlacklistDisclosureRequest> body, ServerWebExchange exchange) {
        var language = Languages.of(exchange.getRequest());
        return body.map(request -> DisclosureMapper.toDomain(request, language))
                .zipWith(Callers.name(), disclosures::disclose)
                .flatMap(commands::run)
                .map(result -> mapper.toldOrProblem(result, language))
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<DisclosureRecordPage>> searchBlacklistDisclosures(
            Mono<BlacklistDisclosureSearch> body, ServerWebExchange exchange) {
        return body.map(DisclosureMapper::toDomain)
                .zipWith(Callers.name(), disclosures::find)
                .flatMap(commands::run)
                .map(DisclosureMapper::toPage)
                .map(ResponseEntity::ok);
    }
}
