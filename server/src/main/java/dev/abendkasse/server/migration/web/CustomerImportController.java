package dev.abendkasse.server.migration.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.api.CustomerImportsApi;
import dev.abendkasse.api.model.CustomerImport;
import dev.abendkasse.api.model.CustomerImportDelimiter;
import dev.abendkasse.api.model.CustomerImportExplanation;
import dev.abendkasse.api.model.CustomerImportMode;
import dev.abendkasse.api.model.CustomerImportPage;
import dev.abendkasse.api.model.CustomerImportRowPage;
import dev.abendkasse.api.model.CutOver;
import dev.abendkasse.api.model.CutOverSignature;
import dev.abendkasse.server.migration.CustomerImports;
import dev.abendkasse.server.migration.CutOvers;
import dev.abendkasse.server.migration.domain.NewImport;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.TimeCursors;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class CustomerImportController implements CustomerImportsApi {

    private static final MediaType CSV = new MediaType("text", "csv", UTF_8);
    private static final ContentDisposition ATTACHMENT =
            ContentDisposition.attachment().filename("rejections.csv").build();

    private final CustomerImports imports;
    private final CutOvers cutOvers;
    private final Commands commands;

    CustomerImportController(CustomerImports imports, CutOvers cutOvers, Commands commands) {
        this.imports = imports;
        this.cutOvers = cutOvers;
        this.commands = commands;
    }

    /** Read as bytes while they come in; an upload ends with the connection that it comes by. */
    @Override
    public Mono<ResponseEntity<CustomerImport>> importCustomers(
            String source,
            Instant exportedAt,
            Mono<String> body,
            CustomerImportMode mode,
            @Nullable String hashFormat,
            CustomerImportDelimiter delimiter,
            String language,
            String shopId,
            @Nullable String contentEncoding,
            ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var form = ImportMapper.toForm(request.getHeaders().getContentType(), delimiter, contentEncoding);
        var apply = mode == CustomerImportMode.APPLY;
        return Callers.name()
                .map(by -> new NewImport(source, apply, exportedAt, hashFormat, language, shopId, by, form))
                .flatMap(wanted -> imports.upload(wanted, request.getBody()))
                .map(ImportMapper::toContract)
                .map(ResponseEntity.status(HttpStatus.ACCEPTED)::body);
    }

    @Override
    public Mono<ResponseEntity<CustomerImport>> getCustomerImport(UUID importId, ServerWebExchange exchange) {
        return imports.find(importId).map(found -> ResponseEntity.ok(ImportMapper.toContract(found)));
    }

    @Override
    public Mono<ResponseEntity<CustomerImportPage>> listCustomerImports(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return imports.list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(page -> ResponseEntity.ok(ImportMapper.toContract(page)));
    }

    @Override
    public Mono<ResponseEntity<CustomerImport>> applyCustomerImport(
            UUID importId, String ifMatch, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return Callers.name()
                .flatMap(by -> commands.run(imports.apply(importId, version, by)))
                .map(result -> ResponseEntity.ok(ImportMapper.doneOrProblem(result)));
    }

    @Override
    public Mono<ResponseEntity<CustomerImport>> cancelCustomerImport(UUID importId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(imports.cancel(importId, by)))
                .map(result -> ResponseEntity.ok(ImportMapper.doneOrProblem(result)));
    }

    @Override
    public Mono<ResponseEntity<CustomerImportRowPage>> listCustomerImportRows(
            UUID importId,
            @Nullable Boolean explained,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        return imports.rows(importId, explained, ImportMapper.rowOf(cursor), limit)
                .map(page -> ResponseEntity.ok(ImportMapper.toRows(page)));
    }

    @Override
    public Mono<ResponseEntity<CustomerImport>> explainCustomerImportRows(
            UUID importId, Mono<CustomerImportExplanation> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both -> commands.run(imports.explain(
                        importId, both.getT1().getRows(), both.getT1().getNote(), both.getT2())))
                .map(result -> ResponseEntity.ok(ImportMapper.doneOrProblem(result)));
    }

    /** Written as it is read from the database, as fast as the client takes it. */
    @Override
    public Mono<ResponseEntity<Resource>> getCustomerImportRejections(UUID importId, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(imports.rejections(importId, by)))
                .flatMap(lines -> write(lines, exchange.getResponse()))
                .then(Mono.empty());
    }

    private static Mono<Void> write(Flux<String> lines, ServerHttpResponse response) {
        response.getHeaders().setContentType(CSV);
        response.getHeaders().setContentDisposition(ATTACHMENT);
        return response.writeWith(lines.map(line -> response.bufferFactory().wrap(line.getBytes(UTF_8))));
    }

    @Override
    public Mono<ResponseEntity<CutOver>> getCutOver(ServerWebExchange exchange) {
        return cutOvers.look().map(found -> ResponseEntity.ok(ImportMapper.toContract(found)));
    }

    @Override
    public Mono<ResponseEntity<CutOver>> openCutOver(Mono<CutOverSignature> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name())
                .flatMap(both -> commands.run(cutOvers.open(
                        both.getT1().getExceptionsDigest(), both.getT1().getNote(), both.getT2())))
                .map(result -> ResponseEntity.ok(ImportMapper.openOrProblem(result)));
    }
}
