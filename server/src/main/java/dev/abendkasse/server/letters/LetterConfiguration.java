package dev.abendkasse.server.letters;

import dev.abendkasse.server.invoice.Invoices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Where letters have their files and links from. */
@Configuration(proxyBeanMethods = false)
class LetterConfiguration {

    @Bean
    Letters letters(Invoices invoices) {
        return new Letters(new Enclosures((_, _) -> Mono.empty(), invoices::pdfOf), _ -> Mono.empty());
    }
}
