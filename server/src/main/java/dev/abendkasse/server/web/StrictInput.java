package dev.abendkasse.server.web;

import com.fasterxml.jackson.annotation.Nulls;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;

/** Takes requests as the contract writes them: nothing is guessed, converted or read twice. */
@Configuration(proxyBeanMethods = false)
class StrictInput implements WebFluxConfigurer {

    /** A null is a field left out, so that it takes its default; among the elements of a list it has no meaning. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.SKIP, Nulls.FAIL))
                .addModules(StrictText.module(), StrictInstants.module());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new StrictInstants());
    }
}
