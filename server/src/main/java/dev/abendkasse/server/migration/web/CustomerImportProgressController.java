package dev.abendkasse.server.migration.web;

import dev.abendkasse.api.CustomerImportProgressApi;
import dev.abendkasse.api.model.CustomerImport;
import dev.abendkasse.server.migration.CustomerImports;
import dev.abendkasse.server.web.EventStreams;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class CustomerImportProgressController implements CustomerImportProgressApi {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CustomerImports imports;
    private final EventStreams answers;

    CustomerImportProgressController(CustomerImports imports, EventStreams answers) {
        this.imports = imports;
        this.answers = answers;
    }

    @Override
    public Mono<ResponseEntity<Flux<ServerSentEvent<CustomerImport>>>> streamCustomerImport(
            UUID importId, ServerWebExchange exchange) {
        return imports.follow(importId)
                .map(progress -> progress.map(CustomerImportProgressController::event))
                .map(events -> answers.of(events, PATIENCE, exchange));
    }

    private static ServerSentEvent<CustomerImport> event(
            dev.abendkasse.server.migration.domain.CustomerImport progress) {
        return ServerSentEvent.builder(ImportMapper.toContract(progress))
                .event("progress")
                .build();
    }
}
