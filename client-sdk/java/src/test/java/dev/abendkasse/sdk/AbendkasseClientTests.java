package dev.abendkasse.sdk;

import static dev.abendkasse.sdk.StubServer.json;
import static dev.abendkasse.sdk.StubServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbendkasseClientTests {

    private static final UUID ID = UUID.randomUUID();

    @Test
    void everyGeneratedApiHasItsAccessor() throws Exception {
        var client = AbendkasseClient.at(URI.create("http://localhost:8080")).build();

        assertThat(generatedApis()).isNotEmpty().allSatisfy(api -> {
            var accessor = Character.toLowerCase(api.charAt(0)) + api.substring(1);
            assertThat(AbendkasseClient.class.getMethod(accessor).invoke(client))
                    .isInstanceOf(Class.forName("dev.abendkasse.sdk.api." + api + "Api"));
        });
    }

    private static List<String> generatedApis() throws Exception {
        var classes = Path.of(AbendkasseClient.class.getResource("api").toURI());
        try (var files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Api.class"))
                    .map(file -> file.replace("Api.class", ""))
                    .toList();
        }
    }

    @Test
    void everyTokenOfTheContractHasItsView() throws IOException {
        var contract = Files.readString(Path.of("../../api-spec/src/main/openapi/openapi.yaml"));
        var tokens = Pattern.compile("type: apiKey, in: header, name: ([A-Za-z]+)-Token")
                .matcher(contract)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(tokens)
                .contains("Cart", "Order", "Link")
                .allSatisfy(
                        token -> assertThat(AbendkasseClient.class.getMethod("with" + token + "Token", String.class))
                                .isNotNull());
    }

    @Test
    void aClientWithoutSettingsSendsNoSecretAndNoLanguage() throws ApiException {
        try (var server = new StubServer(json(200, Samples.CART))) {
            AbendkasseClient.at(server.url()).build().carts().getCart(ID);

            var request = server.requests().get(0);
            assertThat(request.headers())
                    .doesNotContainKeys("Authorization", "Cart-token", "Order-token", "Accept-language");
        }
    }

    @Test
    void aViewSendsItsTokenAndTheClientStaysAsItWas() throws ApiException {
        try (var server = new StubServer(json(200, Samples.CART))) {
            var client = AbendkasseClient.at(server.url())
                    .accessToken("access")
                    .language("de")
                    .build();

            client.withCartToken("one").carts().getCart(ID);
            client.withCartToken("one").withCartToken("two").carts().getCart(ID);
            client.withCartToken("one").withOrderToken("order").carts().getCart(ID);
            client.carts().getCart(ID);

            var requests = server.requests();
            assertThat(requests)
                    .extracting(request -> request.header("Cart-Token"))
                    .containsExactly("one", "two", "one", null);
            assertThat(requests)
                    .extracting(request -> request.header("Order-Token"))
                    .containsExactly(null, null, "order", null);
            assertThat(requests).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEqualTo("Bearer access");
                assertThat(request.header("Accept-Language")).isEqualTo("de");
            });
        }
    }

    @Test
    void ticketsAreDownloadedByteForByte() throws Exception {
        var pdf = new byte[] {'%', 'P', 'D', 'F', 0, (byte) 0xff, '\r', '\n', (byte) 0xc3};
        try (var server = new StubServer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"tickets.pdf\"");
            exchange.sendResponseHeaders(200, pdf.length);
            exchange.getResponseBody().write(pdf);
        })) {
            var client = AbendkasseClient.at(server.url()).build();

            var file = client.withOrderToken("secret").tickets().downloadTickets(ID);

            assertThat(file).hasBinaryContent(pdf).hasExtension("pdf");
            assertThat(server.requests().get(0).header("Order-Token")).isEqualTo("secret");
            Files.delete(file.toPath());
        }
    }

    @Test
    void aHeaderGivenWithTheCallWins() throws ApiException {
        try (var server = new StubServer(json(200, Samples.CART))) {
            var client = AbendkasseClient.at(server.url()).language("de").build();

            client.withCartToken("view").carts().getCart(ID, Map.of("Cart-Token", "call", "Accept-Language", "en"));

            var headers = server.requests().get(0).headers();
            assertThat(headers.get("Cart-Token")).containsExactly("call");
            assertThat(headers.get("Accept-Language")).containsExactly("en");
        }
    }

    @Test
    void asksForTheAccessTokenBeforeEachCall() throws ApiException {
        try (var server = new StubServer(json(200, Samples.CART))) {
            var tokens = Arrays.asList("first", null, "third").iterator();
            var client =
                    AbendkasseClient.at(server.url()).accessToken(tokens::next).build();

            client.carts().getCart(ID);
            client.carts().getCart(ID);
            client.carts().getCart(ID);

            assertThat(server.requests())
                    .extracting(request -> request.header("Authorization"))
                    .containsExactly("Bearer first", null, "Bearer third");
        }
    }

    @Test
    void secretsDoNotFollowARedirection() {
        try (var other = new StubServer(json(200, Samples.CART));
                var server = new StubServer(exchange -> {
                    exchange.getResponseHeaders().set("Location", other.url() + "/v1/carts");
                    exchange.sendResponseHeaders(307, -1);
                })) {
            var carts = AbendkasseClient.at(server.url())
                    .accessToken("access")
                    .build()
                    .withCartToken("secret")
                    .carts();

            var failure = catchThrowableOfType(ApiException.class, () -> carts.getCart(ID));

            assertThat(failure.getCode()).isEqualTo(307);
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/shop", "/shop/"})
    void theApiMayLieUnderAPath(String path) throws ApiException {
        try (var server = new StubServer(json(200, Samples.CART))) {
            AbendkasseClient.at(URI.create(server.url() + path)).build().carts().getCart(ID);

            assertThat(server.requests().get(0).path()).isEqualTo(path.replaceFirst("/$", "") + "/v1/carts/" + ID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tickets.example.org", "ftp://tickets.example.org", "/v1", "http:///v1"})
    void anAddressThatIsNotHttpIsRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> AbendkasseClient.at(URI.create(address)));
    }

    @Test
    void umlautsArriveWhateverThePlatformDefaultsTo() throws ApiException {
        try (var server = new StubServer(json(201, Samples.CART))) {
            var creation = new CartCreation().shopId("größe");

            var cart = AbendkasseClient.at(server.url()).build().carts().createCart(creation, null);

            assertThat(cart.getBuyer().getName()).isEqualTo("Jörg Müßig");
            assertThat(server.requests().get(0).body()).contains("größe");
            assertThat(Charset.defaultCharset()).isNotEqualTo(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aProblemIsReadWhole() {
        var body = """
                {"type": "/problems/seats-taken", "title": "Taken", "status": 409, "code": "seats-taken",
                 "detail": "Zwei Plätze sind vergeben.", "seatIds": ["parkett-5-12"], "cart": %s,
                 "errors": [{"pointer": "#/items/seatIds/0", "detail": "Taken"}]}""".formatted(Samples.CART);
        try (var server = new StubServer(send(409, "application/problem+json;charset=UTF-8", body))) {
            var problem = AbendkasseProblem.from(failureOf(server)).orElseThrow();

            assertThat(problem.getCode()).isEqualTo("seats-taken");
            assertThat(problem.getDetail()).isEqualTo("Zwei Plätze sind vergeben.");
            assertThat(problem.getSeatIds()).containsExactly("parkett-5-12");
            assertThat(problem.getCart().getPickupCode()).isEqualTo("7KQ2XM");
            assertThat(problem.getErrors().get(0).getPointer()).isEqualTo("#/items/seatIds/0");
        }
    }

    @Test
    void whatIsNotAProblemIsEmpty() {
        var answers = Map.of(
                "text/html", "<h1>Bad gateway</h1>",
                "application/json", "{\"code\": \"x\"}",
                "application/problem+json", "[");
        answers.forEach((type, body) -> {
            try (var server = new StubServer(send(502, type, body))) {
                assertThat(AbendkasseProblem.from(failureOf(server))).isEmpty();
            }
        });
        assertThat(AbendkasseProblem.from(new ApiException("no answer"))).isEmpty();
    }

    @Test
    void oneClientServesManyThreads() throws Exception {
        try (var server = new StubServer(AbendkasseClientTests::answerWithTheTokenOfTheRequest)) {
            var client = AbendkasseClient.at(server.url()).accessToken("access").build();
            var threads = Executors.newFixedThreadPool(8);
            var calls = new ArrayList<Callable<String>>();
            for (var i = 0; i < 200; i++) {
                var token = "token-" + i;
                calls.add(() -> client.withCartToken(token).carts().getCart(ID).getCartToken());
            }

            var answers = threads.invokeAll(calls);
            threads.shutdown();

            for (var i = 0; i < 200; i++) {
                assertThat(answers.get(i).get()).isEqualTo("token-" + i);
            }
            assertThat(server.requests()).hasSize(200);
        }
    }

    private static void answerWithTheTokenOfTheRequest(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Cart-Token");
        json(200, Samples.CART.replaceFirst("\"cartToken\": \"[^\"]+", "\"cartToken\": \"" + token))
                .to(exchange);
    }

    private static ApiException failureOf(StubServer server) {
        var carts = AbendkasseClient.at(server.url()).build().carts();
        return catchThrowableOfType(ApiException.class, () -> carts.getCart(ID));
    }
}
