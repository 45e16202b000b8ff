package dev.abendkasse.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.springframework.http.HttpHeaders;

/**
 * Java's client, with every exchange checked. It always waits for the whole answer, so that a broken contract is thrown at
 * the caller and cannot be taken for a failed attempt that is worth repeating.
 */
final class CheckingHttpClient extends HttpClient {

    private final HttpClient client;

    CheckingHttpClient(HttpClient client) {
        this.client = client;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var recording = new Recording<>(handler);
        var response = client.send(request, recording);
        ContractCheck.verify(exchange(request, response, recording));
        return response;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        var recording = new Recording<>(handler);
        try {
            var response = client.sendAsync(request, recording).join();
            ContractCheck.verify(exchange(request, response, recording));
            return CompletableFuture.completedFuture(response);
        } catch (CompletionException e) {
            return CompletableFuture.failedFuture(e.getCause());
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    private static Exchange exchange(HttpRequest request, HttpResponse<?> response, Recording<?> recording) {
        return new Exchange(
                request.method(),
                request.uri(),
                headers(request.headers()),
                request.bodyPublisher().map(CheckingHttpClient::read).orElse(null),
                response.statusCode(),
                headers(response.headers()),
                recording.body.toByteArray());
    }

    private static HttpHeaders headers(java.net.http.HttpHeaders headers) {
        var all = new HttpHeaders();
        headers.map().forEach(all::addAll);
        return all;
    }

    private static byte[] read(HttpRequest.BodyPublisher publisher) {
        var bytes = BodySubscribers.ofByteArray();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                bytes.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer item) {
                bytes.onNext(List.of(item));
            }

            @Override
            public void onError(Throwable error) {
                bytes.onError(error);
            }

            @Override
            public void onComplete() {
                bytes.onComplete();
            }
        });
        return bytes.getBody().toCompletableFuture().join();
    }

    /** Keeps a copy of the body as the handler gets it. */
    private static final class Recording<T> implements BodyHandler<T> {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final BodyHandler<T> handler;

        Recording(BodyHandler<T> handler) {
            this.handler = handler;
        }

        @Override
        public BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
            var subscriber = handler.apply(info);
            return new BodySubscriber<>() {
                @Override
                public CompletionStage<T> getBody() {
                    return subscriber.getBody();
                }

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscriber.onSubscribe(subscription);
                }

                @Override
                public void onNext(List<ByteBuffer> buffers) {
                    buffers.forEach(buffer -> record(buffer.asReadOnlyBuffer()));
                    subscriber.onNext(buffers);
                }

                @Override
                public void onError(Throwable error) {
                    subscriber.onError(error);
                }

                @Override
                public void onComplete() {
                    subscriber.onComplete();
                }
            };
        }

        private void record(ByteBuffer buffer) {
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            body.writeBytes(bytes);
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
