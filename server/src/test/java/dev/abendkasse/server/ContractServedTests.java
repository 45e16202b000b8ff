package dev.abendkasse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Contract;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** What the contract says is served, and nothing else is. */
class ContractServedTests {

    /** What is served beside the operations: the contracts themselves and the page that shows the office's. */
    private static final Set<String> ROUTES =
            Set.of("(GET && /openapi.yaml)", "(GET && /openapi-office.yaml)", "(GET && /office.html)");

    /** The page that shows the public contract is a library's. */
    private static final String SWAGGER_UI = "org.springdoc.";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.on(TestDatabase.fresh());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void contractIsNotEmpty() {
        assertThat(Contract.PUBLIC.operations()).contains("POST /v1/carts/{cartId}/checkout");
        assertThat(Contract.OFFICE.operations()).isNotEmpty();
    }

    @Test
    void everyOperationHasExactlyOneHandlerAndEveryHandlerIsAnOperation() {
        assertThat(handlers().toList()).containsExactlyInAnyOrderElementsOf(operations());
    }

    @Test
    void noOtherRoutesAreServed() {
        var routes = new TreeSet<String>();
        router().accept(new Routes(routes));

        assertThat(routes).isEqualTo(new TreeSet<>(ROUTES));
    }

    @Test
    void publicContractIsServedAsItIsPublished() {
        server.http()
                .get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .expectBody(String.class)
                .isEqualTo(Contract.PUBLIC.text());
    }

    @Test
    void officeContractIsForStaffOnly() {
        server.http()
                .get()
                .uri("/openapi-office.yaml")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private static List<String> operations() {
        return Contract.all().flatMap(Contract::operations).toList();
    }

    private static Stream<String> handlers() {
        return server
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(handler -> !isSwaggerUi(handler.getValue()))
                .flatMap(handler -> mappings(handler.getKey()));
    }

    private static boolean isSwaggerUi(HandlerMethod handler) {
        return handler.getBeanType().getName().startsWith(SWAGGER_UI);
    }

    private static Stream<String> mappings(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        assertThat(methods).as("methods of %s", mapping).isNotEmpty();
        return mapping.getPatternsCondition().getPatterns().stream()
                .flatMap(pattern -> methods.stream().map(method -> method + " " + pattern));
    }

    private static RouterFunction<?> router() {
        return server.bean("routerFunctionMapping", RouterFunctionMapping.class).getRouterFunction();
    }

    /** Collects what a router function listens to. */
    private record Routes(Set<String> found) implements RouterFunctions.Visitor {

        @Override
        public void startNested(RequestPredicate predicate) {
            found.add("nested " + predicate);
        }

        @Override
        public void endNested(RequestPredicate predicate) {}

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            found.add(predicate.toString());
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
            found.add("resources");
        }

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> function) {
            found.add(function.toString());
        }
    }
}
