package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.sandbox.SandboxAddress;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Where the provider is: as configured, else the sandbox. */
@Component
class ProviderAddress {

    private final PaymentProperties properties;
    private final ObjectProvider<SandboxAddress> sandbox;

    ProviderAddress(PaymentProperties properties, ObjectProvider<SandboxAddress> sandbox) {
        this.properties = properties;
        this.sandbox = sandbox;
    }

    URI of(String path) {
        return URI.create(base().toString().replaceFirst("/+$", "") + path);
    }

    private URI base() {
        if (properties.baseUrl() != null) {
            return properties.baseUrl();
        }
        var address = sandbox.getIfAvailable();
        if (address == null) {
            throw new ProviderUnavailable("Neither abendkasse.payment.base-url is set nor the sandbox enabled", null);
        }
        return address.value();
    }
}
