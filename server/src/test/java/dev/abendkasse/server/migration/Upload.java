package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CustomerImportsApi;
import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CustomerImportState;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.migration.formershop.ExportFile;
import dev.abendkasse.server.migration.formershop.FormerShop;
import dev.abendkasse.server.migration.formershop.Hashes;
import dev.abendkasse.server.migration.formershop.Style;
import dev.abendkasse.server.migration.formershop.Style.Form;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends files of customers as a program does, and waits for what becomes of them. */
record Upload(Theatre theatre, CustomerImportsApi imports) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static Upload to(Theatre theatre) {
        return new Upload(theatre, theatre.office().customerImports());
    }

    /** Something that is written to a stream. */
    interface Content {
        void writeTo(ByteArrayOutputStream out) throws IOException;
    }

    UUID ofShop(FormerShop shop, String source, CustomerImportMode mode) throws Exception {
        ExportFile file = shop.file();
        var answer = send(shop.style(), false, source, mode, bytes(file::writeTo));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(json(answer).get("importId").asString());
    }

    HttpResponse<String> send(Style style, boolean packed, String source, CustomerImportMode mode, byte[] file)
            throws IOException, InterruptedException {
        return send(theatre.address(), style, packed, source, mode, BodyPublishers.ofByteArray(file));
    }

    /** To another server, from a file that need not fit into memory. */
    HttpResponse<String> send(URI server, Style style, String source, CustomerImportMode mode, Path file)
            throws IOException, InterruptedException {
        return send(server, style, false, source, mode, BodyPublishers.ofFile(file));
    }

    private HttpResponse<String> send(
            URI server, Style style, boolean packed, String source, CustomerImportMode mode, BodyPublisher file)
            throws IOException, InterruptedException {
        var type = style.form() == Form.CSV ? "text/csv;charset=" + style.charset() : "application/x-ndjson";
        var delimiter = style.delimiter() == ';' ? "SEMICOLON" : "COMMA";
        var request = HttpRequest.newBuilder(URI.create(server + "/v1/admin/customer-imports?source=" + source
                        + "&mode=" + mode + "&delimiter=" + delimiter + "&hashFormat=" + Hashes.DEFAULT_FORMAT
                        + "&exportedAt=" + FormerShop.EXPORTED_AT))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", type)
                .header("Content-Encoding", packed ? "gzip" : "identity")
                .timeout(PATIENCE)
                .POST(file)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    CustomerImport done(UUID importId) throws ApiException {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> imports.getCustomerImport(importId).getEndedAt() != null);
        return imports.getCustomerImport(importId);
    }

    CustomerImport applied(UUID importId) throws ApiException {
        var done = done(importId);
        assertThat(done.getState()).isEqualTo(CustomerImportState.APPLIED);
        return done;
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static byte[] bytes(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        return bytes.toByteArray();
    }

    String token() throws IOException, InterruptedException {
        return AccessTokens.password(theatre.address(), "admin", TestServer.ADMIN_PASSWORD)
                .get();
    }
}
