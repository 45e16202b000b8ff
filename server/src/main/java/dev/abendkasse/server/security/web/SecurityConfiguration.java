package dev.abendkasse.server.security.web;

import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.CacheSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import reactor.core.publisher.Mono;

/** Bearer tokens only: no sessions, no cookies, no forms, and so nothing to forge across sites. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    private static final String[] OFFICE_SCOPES = {"SCOPE_admin", "SCOPE_back-office", "SCOPE_box-office"};

    private final Refusals refusals;
    private final CacheHeaders cacheHeaders;
    private final ReactiveJwtDecoder tokens;

    SecurityConfiguration(Refusals refusals, CacheHeaders cacheHeaders, ReactiveJwtDecoder tokens) {
        this.refusals = refusals;
        this.cacheHeaders = cacheHeaders;
        this.tokens = tokens;
    }

    /** The management port: whether the server is well may be asked by anyone who reaches it, the rest is for admins. */
    @Bean
    @Order(0)
    SecurityWebFilterChain management(ServerHttpSecurity http) {
        return tokensOnly(http, new ServerBearerTokenAuthenticationConverter())
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeExchange(rules -> rules.matchers(EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class))
                        .permitAll()
                        .anyExchange()
                        .hasAuthority("SCOPE_admin"))
                .build();
    }

    /** The office's contract, which a browser may also open with user name and password. */
    @Bean
    @Order(1)
    SecurityWebFilterChain office(ServerHttpSecurity http, StaffPassword passwords) {
        return tokensOnly(http, new ServerBearerTokenAuthenticationConverter())
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers(ContractPages.OFFICE_PATHS))
                .httpBasic(basic -> basic.authenticationManager(passwords)
                        .authenticationEntryPoint((exchange, _) -> refusals.askForPassword(exchange)))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint((exchange, _) -> refusals.askForPassword(exchange))
                                .accessDeniedHandler(refusals))
                .authorizeExchange(rules -> rules.pathMatchers(HttpMethod.GET, ContractPages.OFFICE_PATHS)
                        .hasAnyAuthority(OFFICE_SCOPES)
                        .anyExchange()
                        .denyAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityWebFilterChain contract(
            ServerHttpSecurity http, ContractAuthorization contract, ContractRules rules, CrossOrigin crossOrigin) {
        return tokensOnly(http, tokenWhereItCounts(rules))
                .addFilterAt(crossOrigin.filter(), SecurityWebFiltersOrder.CORS)
                .authorizeExchange(access -> access.pathMatchers(HttpMethod.GET, ContractPages.PUBLIC_PATHS)
                        .permitAll()
                        .pathMatchers(HttpMethod.HEAD, ContractPages.PUBLIC_PATHS)
                        .permitAll()
                        .anyExchange()
                        .access(contract))
                .build();
    }

    /** An expired token that a front end still sends along must not keep it from signing in. */
    private static ServerAuthenticationConverter tokenWhereItCounts(ContractRules rules) {
        var bearer = new ServerBearerTokenAuthenticationConverter();
        return exchange -> rules.operation(exchange.getRequest())
                        .filter(Operation::readsToken)
                        .isPresent()
                ? bearer.convert(exchange)
                : Mono.empty();
    }

    private ServerHttpSecurity tokensOnly(ServerHttpSecurity http, ServerAuthenticationConverter converter) {
        return http.csrf(CsrfSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.cache(CacheSpec::disable).writer(cacheHeaders))
                .oauth2ResourceServer(server -> server.bearerTokenConverter(converter)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals)
                        .jwt(jwt -> jwt.jwtDecoder(tokens)))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
    }
}
