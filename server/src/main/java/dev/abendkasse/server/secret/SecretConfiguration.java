package dev.abendkasse.server.secret;

import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the key from the settings. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

    @Bean
    Secrets secrets(SecretProperties properties) {
        if (properties.key() == null) {
            throw new IllegalStateException("Set abendkasse.secret.key to 32 random bytes in Base64, the same on every"
                    + " replica (for example the output of: openssl rand -base64 32).");
        }
        return new Secrets(Base64.getDecoder().decode(properties.key()));
    }
}
