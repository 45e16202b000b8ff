package dev.abendkasse.server.privacy.web;

import dev.abendkasse.api.PrivacyApi;
import dev.abendkasse.api.model.Erasure;
import dev.abendkasse.api.model.MyData;
import dev.abendkasse.api.model.PasswordProof;
import dev.abendkasse.server.privacy.OwnData;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.Throttle;
import java.util.function.BiFunction;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class PrivacyController implements PrivacyApi {

    private static final int TIMES_A_MINUTE = 5;

    private final OwnData data;
    private final MyDataMapper mapper;
    private final Commands commands;
    private final MessageSource messages;

    /** By customer: passwords are guessed here as well as anywhere, and an export is dear. */
    private final Throttle throttle = new Throttle(TIMES_A_MINUTE);

    PrivacyController(OwnData data, MyDataMapper mapper, Commands commands, MessageSource messages) {
        this.data = data;
        this.mapper = mapper;
        this.commands = commands;
        this.messages = messages;
    }

    @Override
    public Mono<ResponseEntity<MyData>> exportMyData(Mono<PasswordProof> body, ServerWebExchange exchange) {
        return proven(body, exchange, data::export)
                .switchIfEmpty(Mono.error(MyDataMapper::wrongPassword))
                .map(found -> ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
                        .body(mapper.toContract(found)));
    }

    @Override
    public Mono<ResponseEntity<Erasure>> eraseMe(Mono<PasswordProof> body, ServerWebExchange exchange) {
        var done = messages.getMessage("account.erased", null, Languages.of(exchange.getRequest()));
        return proven(body, exchange, (customer, password) -> commands.run(data.erase(customer, password)))
                .map(MyDataMapper::erasedOrProblem)
                .map(at -> ResponseEntity.ok(new Erasure(at, done)));
    }

    private <T> Mono<T> proven(
            Mono<PasswordProof> body, ServerWebExchange exchange, BiFunction<CustomerId, String, Mono<T>> work) {
        return Headers.customer(exchange)
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .delayUntil(customer -> throttle.admit(customer.value().toString()))
                .zipWith(body)
                .flatMap(both -> work.apply(both.getT1(), both.getT2().getPassword()));
    }
}
