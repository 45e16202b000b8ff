package dev.abendkasse.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbendkasseOfficeClientTests {

    @Test
    void everyGeneratedApiHasItsAccessor() throws Exception {
        var client =
                AbendkasseOfficeClient.at(URI.create("http://localhost:8080")).build();

        assertThat(generatedApis()).isNotEmpty().allSatisfy(api -> {
            var accessor = Character.toLowerCase(api.charAt(0)) + api.substring(1);
            assertThat(AbendkasseOfficeClient.class.getMethod(accessor).invoke(client))
                    .isInstanceOf(Class.forName("dev.abendkasse.office.api." + api + "Api"));
        });
    }

    @Test
    void callsCarryTheTokenAndFailWithTheProblemsOfThePublicSdk() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/admin/shops/main", AbendkasseOfficeClientTests::refuse);
        server.start();
        try {
            var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var shops = AbendkasseOfficeClient.at(address)
                    .accessToken("staff")
                    .build()
                    .shops();

            var failure = catchThrowableOfType(ApiException.class, () -> shops.getShop("main"));

            assertThat(AbendkasseProblem.from(failure).orElseThrow().getDetail())
                    .isEqualTo("Bearer staff");
        } finally {
            server.stop(0);
        }
    }

    /** With what the request carried as the detail. */
    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = """
                    {"type": "/problems/forbidden", "title": "Not allowed", "status": 403, "code": "forbidden",
                     "detail": "%s"}""".formatted(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(403, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> generatedApis() throws Exception {
        var classes = Path.of(AbendkasseOfficeClient.class.getResource("api").toURI());
        try (var files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Api.class"))
                    .map(file -> file.replace("Api.class", ""))
                    .toList();
        }
    }
}
