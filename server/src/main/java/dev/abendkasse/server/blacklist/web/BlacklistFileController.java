package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.BlacklistFilesApi;
import dev.abendkasse.api.model.BlacklistDecision;
import dev.abendkasse.api.model.BlacklistImport;
import dev.abendkasse.server.blacklist.BlacklistFiles;
import dev.abendkasse.server.blacklist.domain.BlacklistUpload;
import dev.abendkasse.server.blacklist.domain.OrderDecision.Decision;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.UploadedText;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class BlacklistFileController implements BlacklistFilesApi {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final ContentDisposition ATTACHMENT =
            ContentDisposition.attachment().filename("blacklist.csv").build();

    private final BlacklistFiles files;
    private final Commands commands;
    private final Repeats repeats;

    BlacklistFileController(BlacklistFiles files, Commands commands, Repeats repeats) {
        this.files = files;
        this.commands = commands;
        this.repeats = repeats;
    }

    /** Read as bytes: which characters they are is part of what may be wrong. */
    @Override
    public Mono<ResponseEntity<BlacklistImport>> importBlacklistEntries(
            UUID idempotencyKey,
            Mono<String> body,
            Boolean dryRun,
            @Nullable BlacklistDecision orders,
            ServerWebExchange exchange) {
        var decision = orders == null ? Decision.KEEP : Decision.valueOf(orders.name());
        return UploadedText.of(exchange.getRequest())
                .zipWith(
                        Callers.name(),
                        (file, by) -> files.take(
                                file.bytes(),
                                file.charset(),
                                new BlacklistUpload(
                                        dryRun,
                                        decision,
                                        by,
                                        repeats.of(
                                                "importBlacklistEntries:" + by,
                                                idempotencyKey,
                                                file.digest(),
                                                dryRun,
                                                decision))))
                .flatMap(commands::run)
                .map(taken -> new BlacklistImport(
                        taken.dryRun(), taken.rows(), taken.added(), taken.known(), taken.passedOver()))
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Resource>> getBlacklistExport(Boolean active, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(files.export(active, by).collect(Collectors.joining())))
                .map(BlacklistFileController::toDownload);
    }

    private static ResponseEntity<Resource> toDownload(String file) {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, ATTACHMENT.toString())
                .body(new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)));
    }
}
