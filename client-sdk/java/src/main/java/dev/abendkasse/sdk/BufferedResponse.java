package dev.abendkasse.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** A response that has arrived whole, with its body as the caller wants to see it. */
record BufferedResponse<T>(HttpResponse<byte[]> response, T body)
        implements HttpResponse<T>, HttpResponse.ResponseInfo {

    private static final Flow.Subscription ALL_AT_ONCE = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    static <T> HttpResponse<T> read(HttpResponse<byte[]> response, BodyHandler<T> handler) {
        var subscriber = handler.apply(new BufferedResponse<>(response, response.body()));
        subscriber.onSubscribe(ALL_AT_ONCE);
        subscriber.onNext(List.of(ByteBuffer.wrap(response.body())));
        subscriber.onComplete();
        return new BufferedResponse<>(
                response, subscriber.getBody().toCompletableFuture().join());
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public HttpRequest request() {
        return response.request();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return response.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return response.sslSession();
    }

    @Override
    public URI uri() {
        return response.uri();
    }

    @Override
    public HttpClient.Version version() {
        return response.version();
    }
}
