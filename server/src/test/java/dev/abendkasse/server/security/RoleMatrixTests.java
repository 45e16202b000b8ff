package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Contract;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import io.swagger.v3.oas.models.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;

/** Every operation of both contracts lets in exactly whom its contract says. */
class RoleMatrixTests {

    private static final List<String> SCOPES =
            List.of("customer", "partner", "box-office", "back-office", "admin", "gate");

    /** Each of the above, and somebody without a token. */
    private static final List<String> CALLERS =
            Stream.concat(SCOPES.stream(), Stream.of("nobody")).toList();

    private static TestServer server;
    private static WebTestClient http;
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        var database = TestDatabase.fresh();
        server = TestServer.on(database);
        http = server.http();
        var tokens = server.bean(Tokens.class);
        server.bean(ApiClients.class)
                .create("test", Set.of("partner", "box-office", "back-office", "admin", "gate"))
                .block();
        var customer = UUID.randomUUID();
        database.client()
                .sql(
                        "insert into customer (customer_id, name, password_hash) values (:customer, 'Example Customer', '')")
                .bind("customer", customer)
                .then()
                .block();
        for (var scope : SCOPES) {
            var token = scope.equals("customer")
                    ? tokens.forCustomer(new CustomerId(customer))
                    : tokens.forClient("test", 1, Set.of(scope));
            TOKENS.put(scope, token.block().value());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void isOpenToExactlyWhomTheContractNames(Call call) throws Exception {
        var admitted = ConcurrentHashMap.<String>newKeySet();
        var steps = CALLERS.stream()
                .map(caller -> (AtOnce.Step) () -> {
                    if (!isRefused(call, caller)) {
                        admitted.add(caller);
                    }
                })
                .toArray(AtOnce.Step[]::new);

        AtOnce.run(steps);

        assertThat(admitted)
                .containsExactlyInAnyOrderElementsOf(
                        CALLERS.stream().filter(call::admits).toList());
    }

    /** A use case that misses a cart's or an order's secret answers 401 too, but without the header. */
    private static boolean isRefused(Call call, String caller) {
        var answer = http.method(call.method())
                .uri(call.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString()))
                .headers(headers -> authorize(headers, caller))
                .headers(call::sayWhatIsSent)
                .body(call.body())
                .exchange()
                .returnResult(Void.class);
        var refused = answer.getResponseHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE) != null;
        if (refused) {
            assertThat(answer.getStatus().value()).isEqualTo(TOKENS.containsKey(caller) ? 403 : 401);
        }
        assertThat(answer.getStatus().value()).isLessThan(500);
        return refused;
    }

    private static void authorize(HttpHeaders headers, String caller) {
        if (TOKENS.containsKey(caller)) {
            headers.setBearerAuth(TOKENS.get(caller));
        }
    }

    static Stream<Call> calls() {
        return Contract.all()
                .flatMap(contract -> contract.document().getPaths().entrySet().stream())
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(one -> new Call(HttpMethod.valueOf(one.getKey().name()), path.getKey(), one.getValue())));
    }

    record Call(HttpMethod method, String path, Operation operation) {

        void sayWhatIsSent(HttpHeaders headers) {
            if (operation.getRequestBody() != null) {
                headers.setContentType(MediaType.APPLICATION_JSON);
            }
        }

        BodyInserter<?, ? super ClientHttpRequest> body() {
            return operation.getRequestBody() == null ? BodyInserters.empty() : BodyInserters.fromValue("{}");
        }

        boolean isOpen() {
            return operation.getSecurity().stream().anyMatch(one -> !one.containsKey("token"));
        }

        boolean admits(String caller) {
            return isOpen()
                    || TOKENS.containsKey(caller)
                            && operation.getSecurity().stream()
                                    .anyMatch(one -> Set.of(caller).containsAll(one.get("token")));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
