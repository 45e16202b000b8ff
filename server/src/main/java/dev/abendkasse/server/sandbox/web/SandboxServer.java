package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.SandboxPage;
import dev.abendkasse.server.sandbox.SandboxProperties;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/** The sandbox's HTTP server, on this machine only. */
@SandboxComponent
class SandboxServer implements SmartLifecycle, SandboxAddress {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_LINE = 2048;
    private static final int MAX_HEADERS = 8192;

    private final SandboxProperties properties;
    private final SandboxRoutes routes;
    private final ControlRoutes control;
    private final SandboxExchange exchange;
    private final List<SandboxPage> pages;
    private volatile @Nullable DisposableServer server;

    SandboxServer(
            SandboxProperties properties,
            SandboxRoutes routes,
            ControlRoutes control,
            SandboxExchange exchange,
            List<SandboxPage> pages) {
        this.properties = properties;
        this.routes = routes;
        this.control = control;
        this.exchange = exchange;
        this.pages = List.copyOf(pages);
    }

    @Override
    public URI value() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("The sandbox does not run");
        }
        return URI.create("http://localhost:" + running.port());
    }

    @Override
    public void start() {
        server = HttpServer.create()
                .host("localhost")
                .port(properties.port())
                .idleTimeout(IDLE)
                .requestTimeout(IDLE)
                .httpRequestDecoder(
                        limits -> limits.maxInitialLineLength(MAX_LINE).maxHeaderSize(MAX_HEADERS))
                .route(this::addresses)
                .bindNow();
        LOG.warn(
                "Payments go to the sandbox at {}: no money moves. For real ones set abendkasse.payment.base-url.",
                value());
    }

    @Override
    public void stop() {
        var running = server;
        server = null;
        if (running != null) {
            running.disposeNow(STOP_LIMIT);
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** Before the shop's own server, which sends buyers here, and after it when stopping. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void addresses(HttpServerRoutes at) {
        at.post("/payments", (in, out) -> exchange.answer(in, out, this::open))
                .post("/payments/{id}/cancel", (in, out) -> exchange.answer(in, out, routes::cancel))
                .post("/payments/{id}/simulate", (in, out) -> exchange.answer(in, out, routes::simulate))
                .post("/payments/{id}/refunds", (in, out) -> exchange.answer(in, out, control::refund))
                .post("/payments/{id}/control", (in, out) -> exchange.answer(in, out, control::decide))
                .get("/payments/{id}/control", (in, out) -> exchange.answer(in, out, control::show))
                .get("/payments/{id}/state", (in, out) -> exchange.answer(in, out, routes::standing))
                .get("/payments/{id}", (in, out) -> exchange.answer(in, out, routes::show))
                .get("/style.css", (in, out) -> exchange.answer(in, out, _ -> routes.style()));
        pages.forEach(page -> addresses(at, page));
    }

    private void addresses(HttpServerRoutes at, SandboxPage page) {
        for (var below : List.of("", "/{id}", "/{id}/{part}")) {
            at.get(
                    "/" + page.folder() + below,
                    (in, out) -> exchange.answer(in, out, request -> routes.show(page, request)));
        }
    }

    private Mono<Answer> open(SandboxRequest request) {
        return routes.open(request, value().toString());
    }
}
