package dev.abendkasse.server.webhooks.client;

import com.standardwebhooks.Webhook;
import dev.abendkasse.server.webhooks.WebhookProperties;
import dev.abendkasse.server.webhooks.WebhookRequest;
import dev.abendkasse.server.webhooks.WebhookSender;
import dev.abendkasse.server.webhooks.domain.AddressPolicy;
import dev.abendkasse.server.webhooks.domain.Attempt;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends over HTTP to addresses that others have named. Whatever is at the other end, it costs little: one connection for one
 * delivery, nothing is read but the status and headers, no redirect is followed, no proxy is asked, and it ends in time.
 */
@Component
class HttpWebhookSender implements WebhookSender {

    private final WebhookProperties properties;
    private final HttpClient http;

    @Autowired
    HttpWebhookSender(WebhookProperties properties) {
        this(properties, host -> List.of(InetAddress.getAllByName(host)));
    }

    HttpWebhookSender(WebhookProperties properties, HostLookup lookup) {
        var addresses =
                new CheckedAddresses(new AddressPolicy(properties.allowPrivate()), lookup, Schedulers.boundedElastic());
        this.properties = properties;
        this.http = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(addresses)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.connectLimit().toMillis())
                .followRedirect(false)
                .disableRetry(true);
    }

    @Override
    public Mono<Attempt> send(WebhookRequest request) {
        return http.headers(headers -> write(headers, request))
                .post()
                .uri(request.url())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())))
                .responseConnection((response, connection) -> Mono.fromSupplier(() -> read(response, connection)))
                .next()
                .timeout(properties.timeLimit())
                .onErrorResume(error -> Mono.just(new Attempt.NoAnswer(reason(error))));
    }

    private static void write(HttpHeaders headers, WebhookRequest request) {
        headers.set("Content-Type", "application/json")
                .set("User-Agent", "Abendkasse")
                .set(Webhook.UNBRANDED_MSG_ID_KEY, request.id())
                .set(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, request.sentAt().getEpochSecond())
                .set(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, request.signature());
    }

    /** The body, of whatever length, stays unread. */
    private static Attempt read(HttpClientResponse response, Connection connection) {
        connection.dispose();
        return new Attempt.Answered(
                response.status().code(), response.responseHeaders().get("Retry-After"));
    }

    /** Without the exception's own words: they hold the address, which may hold a secret. */
    private static String reason(Throwable error) {
        return switch (error) {
            case AddressNotAllowed _ -> "Its host leads to where nothing may be sent";
            case UnknownHostException _ -> "Its host is not known";
            case TimeoutException _ -> "It did not answer in time";
            case SSLException _ -> "It cannot be trusted: the TLS connection failed";
            case ConnectException _ -> "It cannot be connected to";
            default ->
                "It hung up, or its answer is no HTTP (" + error.getClass().getSimpleName() + ")";
        };
    }
}
