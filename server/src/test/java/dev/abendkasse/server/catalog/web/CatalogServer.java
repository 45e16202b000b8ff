package dev.abendkasse.server.catalog.web;

import dev.abendkasse.server.testing.TestClients;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The catalog over HTTP, without the rest of the house and open to everyone. */
@EnableAutoConfiguration
@ComponentScan({"dev.abendkasse.server.catalog", "dev.abendkasse.server.web", "dev.abendkasse.server.database"})
@ConfigurationPropertiesScan({"dev.abendkasse.server.catalog", "dev.abendkasse.server.web"})
class CatalogServer {

    private static final int MAX_ANSWER = 64 * 1024 * 1024;

    @Bean
    SecurityWebFilterChain everyone(ServerHttpSecurity security) {
        return security.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                .build();
    }

    static ConfigurableApplicationContext on(TestDatabase database) {
        return new SpringApplicationBuilder(CatalogServer.class)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.user(),
                        "--spring.flyway.enabled=false",
                        "--server.port=0",
                        "--management.server.port=0");
    }

    static WebTestClient client(ConfigurableApplicationContext server) {
        return TestClients.http()
                .baseUrl("http://localhost:" + server.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }
}
