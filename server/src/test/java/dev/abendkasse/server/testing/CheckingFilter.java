package dev.abendkasse.server.testing;

import java.io.ByteArrayOutputStream;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at what goes over the wire on its way and has it checked. */
final class CheckingFilter implements ExchangeFilterFunction {

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        var sent = new Sent();
        return next.exchange(recording(request, sent)).flatMap(response -> check(request, sent, response));
    }

    private static ClientRequest recording(ClientRequest request, Sent sent) {
        return ClientRequest.from(request)
                .body((output, context) -> request.body().insert(new Recording(output, sent), context))
                .build();
    }

    private static Mono<ClientResponse> check(ClientRequest request, Sent sent, ClientResponse response) {
        if (isStream(response)) {
            ContractCheck.verify(exchange(request, sent, response, null));
            return Mono.just(response);
        }
        return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
            ContractCheck.verify(exchange(request, sent, response, body));
            return response.mutate()
                    .body(_ -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                    .build();
        });
    }

    private static boolean isStream(ClientResponse response) {
        return response.headers()
                .contentType()
                .filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith)
                .isPresent();
    }

    private static Exchange exchange(ClientRequest request, Sent sent, ClientResponse response, byte[] body) {
        var headers = new HttpHeaders();
        headers.putAll(request.headers());
        headers.putAll(sent.headers);
        return new Exchange(
                request.method().name(),
                request.url(),
                headers,
                sent.body.toByteArray(),
                response.statusCode().value(),
                response.headers().asHttpHeaders(),
                body);
    }

    /** What the request turned into: the body, and the headers that come with it. */
    private static final class Sent {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final HttpHeaders headers = new HttpHeaders();
    }

    private static final class Recording extends ClientHttpRequestDecorator {

        private final Sent sent;

        Recording(ClientHttpRequest request, Sent sent) {
            super(request);
            this.sent = sent;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            sent.headers.putAll(getHeaders());
            return super.writeWith(Flux.from(body).doOnNext(this::record));
        }

        private void record(DataBuffer buffer) {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.toByteBuffer().get(bytes);
            sent.body.writeBytes(bytes);
        }
    }
}
