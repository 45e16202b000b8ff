package dev.abendkasse.server.security.web;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves both contracts as YAML (RFC 9512) and the page that shows the office's. */
@Configuration(proxyBeanMethods = false)
class ContractPages {

    static final String[] PUBLIC_PATHS = {
        "/openapi.yaml", "/swagger-ui.html", "/swagger-ui/**", "/webjars/swagger-ui/**", "/v3/api-docs/swagger-config"
    };
    static final String[] OFFICE_PATHS = {"/openapi-office.yaml", "/office.html"};

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    @Bean
    RouterFunction<ServerResponse> contracts() {
        return route().GET("/openapi.yaml", _ -> contract(ContractRules.PUBLIC))
                .GET("/openapi-office.yaml", _ -> contract(ContractRules.OFFICE))
                .GET("/office.html", _ -> page())
                .build();
    }

    private static Mono<ServerResponse> contract(String resource) {
        return ServerResponse.ok()
                .contentType(YAML)
                .cacheControl(CacheControl.noCache())
                .bodyValue(new ClassPathResource(resource));
    }

    private static Mono<ServerResponse> page() {
        return ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(new ClassPathResource("office.html"));
    }
}
