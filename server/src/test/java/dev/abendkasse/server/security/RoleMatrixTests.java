package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Contract;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import io.swagger.v3.oas.models.Operation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;

/** Every operation of both contracts lets in exactly whom its contract says. */
class RoleMatrixTests {

    private static final List<String> STAFF_SCOPES = List.of("box-office", "back-office", "admin", "gate");

    @RegisterExtension
    static final WireMockExtension WIRE =
            WireMockExtension.newInstance().configureStaticDsl(false).build();

    /** Who calls, with one scope each. */
    private record Role(String kind, String scope) {

        @Override
        public String toString() {
            return kind + " with " + scope;
        }
    }

    private static final Role NOBODY = new Role("nobody", "no token");

    private static final Set<String> OF_PARTNERS = Set.of(
            "getOwnAllotment",
            "seatHistory",
            "createHijack",
            "getHijack",
            "withdrawHijack",
            "confirmHijack",
            "recoverOrder",
            "listDrafts",
            "createOrder",
            "getBoxOfficeOrder",
            "addOrderItems",
            "removeOrderItem",
            "changeOrderItem",
            "setOrderBuyer",
            "setOrderNote",
            "listOrderTickets",
            "printTickets",
            "renewLease",
            "takeOverOrder",
            "handBack",
            "reserve",
            "sendPaymentLink",
            "takePayment",
            "cancelAtBoxOffice",
            "openOrderCase");

    private static final Role CUSTOMER = new Role("a customer", "customer");

    private static CustomerId customer;
    private static TestServer server;
    private static WebTestClient http;
    private static final Map<Role, String> TOKENS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        var database = TestDatabase.fresh();
        var issuer = new OidcIssuer(WIRE);
        issuer.goUp(issuer.rsa);
        server = TestServer.on(database, outside(issuer));
        http = server.http();
        awaitKeys(issuer);
        var tokens = server.bean(Tokens.class);
        Awaited.of(server.bean(ApiClients.class)
                .create("test", Set.of("partner", "box-office", "back-office", "admin", "gate")));
        customer = customer(database);
        TOKENS.put(new Role("a program", "partner"), program(tokens, "partner"));
        for (var scope : STAFF_SCOPES) {
            TOKENS.put(new Role("a program", scope), program(tokens, scope));
            TOKENS.put(
                    new Role("staff", scope),
                    Awaited.of(tokens.forStaff("admin", 1, Set.of(scope))).value());
            TOKENS.put(new Role("staff from outside", scope), issuer.token("clerk", "role-" + scope));
        }
    }

    /** They are known from then on, whatever becomes of the issuer. */
    private static void awaitKeys(OidcIssuer issuer) {
        var token = issuer.token("clerk", "role-gate");
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> Awaited.of(server.bean(ReactiveJwtDecoder.class).decode(token)) != null);
    }

    private static Map<String, Object> outside(OidcIssuer issuer) {
        var settings = new HashMap<String, Object>();
        settings.put("abendkasse.security.oidc.issuer-uri", issuer.uri());
        settings.put("abendkasse.security.oidc.time-limit", "30s");
        settings.put("abendkasse.security.oidc.roles-claim", "realm_access.roles");
        STAFF_SCOPES.forEach(scope -> settings.put("abendkasse.security.oidc.roles.role-" + scope, scope));
        return settings;
    }

    private static CustomerId customer(TestDatabase database) {
        var customer = UUID.randomUUID();
        Awaited.of(database.client()
                .sql(
                        "insert into customer (customer_id, name, password_hash) values (:customer, 'Example Customer', '')")
                .bind("customer", customer)
                .then());
        return new CustomerId(customer);
    }

    private static String program(Tokens tokens, String scope) {
        return Awaited.of(tokens.forClient("test", 1, Set.of(scope))).value();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void isOpenToExactlyWhomTheContractNames(Call call) throws Exception {
        var refused = new ConcurrentHashMap<Role, Boolean>();

        AtOnce.run(callers()
                .map(role -> (AtOnce.Step) () -> refused.put(role, isRefused(call, role)))
                .toArray(AtOnce.Step[]::new));

        assertThat(refused)
                .containsExactlyInAnyOrderEntriesOf(
                        callers().collect(Collectors.toMap(role -> role, role -> !call.admits(role))));
    }

    private static Stream<Role> callers() {
        return Stream.concat(TOKENS.keySet().stream(), Stream.of(CUSTOMER, NOBODY));
    }

    /** What partners may do is named here once more: whatever else is opened to them has to be thought about twice. */
    @Test
    void partnersReachWhatSellsAndNoPersonsAndNoOthersHistory() {
        assertThat(calls().filter(call -> call.names("partner"))
                        .map(call -> call.operation().getOperationId()))
                .containsExactlyInAnyOrderElementsOf(OF_PARTNERS);
    }

    /** A use case that misses a cart's or an order's secret answers 401 too, but without the header. */
    private static boolean isRefused(Call call, Role role) {
        var answer = http.method(call.method())
                .uri(call.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString()))
                .headers(headers -> authorize(headers, role))
                .headers(call::sayWhatIsSent)
                .body(call.body())
                .exchange()
                .returnResult(Void.class);
        var refused = answer.getResponseHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE) != null;
        if (refused) {
            assertThat(answer.getStatus().value()).isEqualTo(role.equals(NOBODY) ? 401 : 403);
        }
        assertThat(answer.getStatus().value()).isLessThan(500);
        return refused;
    }

    private static void authorize(HttpHeaders headers, Role role) {
        if (!role.equals(NOBODY)) {
            // One of the calls ends all sessions of the customer.
            headers.setBearerAuth(role.equals(CUSTOMER) ? server.tokenOf(customer) : TOKENS.get(role));
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

        boolean names(String scope) {
            return operation.getSecurity().stream()
                    .anyMatch(one -> one.getOrDefault("token", List.of()).contains(scope));
        }

        boolean admits(Role role) {
            return isOpen()
                    || !role.equals(NOBODY)
                            && operation.getSecurity().stream()
                                    .anyMatch(one -> Set.of(role.scope()).containsAll(one.get("token")));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
