package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Answers every error, from wherever it comes, as a problem. */
@Component
@Order(ProblemHandler.BEFORE_BOOT)
class ProblemHandler implements WebExceptionHandler {

    static final int BEFORE_BOOT = -2;

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemClassifier classifier;
    private final ProblemWriter writer;

    ProblemHandler(ProblemClassifier classifier, ProblemWriter writer) {
        this.classifier = classifier;
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            return forNobody(exchange);
        }
        if (error instanceof ErrorResponse response) {
            exchange.getResponse().getHeaders().addAll(response.getHeaders());
        }
        return writer.write(exchange, problem(exchange, error));
    }

    /** Whoever asked is gone. Nothing is logged: strangers could fill the disk with it. */
    private Mono<Void> forNobody(ServerWebExchange exchange) {
        return writer.write(exchange, new ProblemException(ProblemType.UNAVAILABLE))
                .onErrorComplete();
    }

    private ProblemException problem(ServerWebExchange exchange, Throwable error) {
        var problem = classifier.problem(error, Languages.of(exchange.getRequest()));
        return switch (problem.type()) {
            case INTERNAL_ERROR -> withReference(exchange, error);
            case UNAVAILABLE -> logged(problem, exchange, error);
            default -> problem;
        };
    }

    private static ProblemException logged(ProblemException problem, ServerWebExchange exchange, Throwable error) {
        log.warn("Refused {} for want of capacity: {}", operation(exchange), error.toString());
        return problem;
    }

    /** The caller learns nothing but the reference under which the log tells the rest. */
    private static ProblemException withReference(ServerWebExchange exchange, Throwable error) {
        var reference = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        log.error("{} failed, reference {}", operation(exchange), reference, error);
        return new ProblemException(ProblemType.INTERNAL_ERROR, List.of(), Map.of("reference", reference));
    }

    private static String operation(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod() + " " + exchange.getRequest().getPath();
    }
}
