package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.UnsubscribingApi;
import dev.abendkasse.server.newsletter.Subscriptions;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.RawBody;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The address that mail programs send their form to (RFC 8058). The generated interface would read one kind of form; they send
 * either. Nothing is asked but the form: no token of access, no cookie, no redirect.
 */
@RestController
class OneClickController {

    private static final int MAX_BYTES = 4096;
    private static final Pattern URL_ENCODED = Pattern.compile("(?:^|&)List-Unsubscribe=One-Click(?:&|$)");
    private static final Pattern MULTIPART =
            Pattern.compile("name=\"?List-Unsubscribe\"?[^\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\nOne-Click\\r?\\n");

    private final Subscriptions subscriptions;
    private final Commands commands;
    private final Texts texts;

    OneClickController(Subscriptions subscriptions, Commands commands, Texts texts) {
        this.subscriptions = subscriptions;
        this.commands = commands;
        this.texts = texts;
    }

    /** Changes nothing, however often and by whomever it is opened. */
    @GetMapping(path = UnsubscribingApi.PATH_GET_UNSUBSCRIBE_PAGE, produces = MediaType.TEXT_HTML_VALUE)
    Mono<ResponseEntity<String>> getUnsubscribePage(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> page(
                exchange,
                "<p>" + texts.of(exchange, "newsletter.page.question")
                        + "</p>\n<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">"
                        + "<button>" + texts.of(exchange, "newsletter.page.button") + "</button></form>"));
    }

    @PostMapping(
            path = UnsubscribingApi.PATH_UNSUBSCRIBE_ONE_CLICK,
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    Mono<ResponseEntity<?>> unsubscribeOneClick(@PathVariable String token, ServerWebExchange exchange) {
        return RawBody.of(exchange, MAX_BYTES)
                .map(raw -> new String(raw, StandardCharsets.ISO_8859_1))
                .filter(OneClickController::isOneClick)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.INVALID_REQUEST, Fault.at("#/List-Unsubscribe", "{fault.invalid}"))))
                .flatMap(_ -> commands.run(subscriptions.withdrawByClick(token, AskGuard.from(exchange)))
                        .then(Mono.fromSupplier(() -> answer(exchange))));
    }

    private ResponseEntity<?> answer(ServerWebExchange exchange) {
        return isForPeople(exchange)
                ? page(exchange, "<p>" + texts.of(exchange, "newsletter.withdrawn") + "</p>")
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(texts.receipt(exchange, "newsletter.withdrawn"));
    }

    private static boolean isForPeople(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().getAccept().stream()
                .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
    }

    private static boolean isOneClick(String form) {
        return URL_ENCODED.matcher(form).find() || MULTIPART.matcher(form).find();
    }

    private ResponseEntity<String> page(ServerWebExchange exchange, String body) {
        var language = Languages.of(exchange.getRequest()).getLanguage();
        var title = texts.of(exchange, "newsletter.page.title");
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .body("""
                        <!doctype html>
                        <html lang="%s">
                        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%s</title>
                        <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; }</style>
                        </head>
                        <body><h1>%s</h1>
                        %s
                        </body>
                        </html>
                        """.formatted(language, title, title, body));
    }
}
