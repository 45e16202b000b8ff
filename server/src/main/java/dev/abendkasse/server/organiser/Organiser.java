package dev.abendkasse.server.organiser;

import dev.abendkasse.server.database.FunctionSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the database who the organiser is: invoices and orders show it. */
@Component
class Organiser implements FunctionSetting {

    private static final Logger LOG = LoggerFactory.getLogger(Organiser.class);

    private final OrganiserProperties properties;

    Organiser(OrganiserProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "organiser";
    }

    @Override
    public OrganiserProperties value() {
        if (!properties.isComplete()) {
            LOG.warn("Invoices lack what the law wants: set abendkasse.organiser.name, .address-lines and .tax-number"
                    + " or .vat-id.");
        }
        return properties;
    }
}
