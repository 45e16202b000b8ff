package dev.abendkasse.server.privacy;

import dev.abendkasse.server.shared.OrderView;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What is held about a customer.
 *
 * @param rest all but the orders, with the names that the contract gives it
 */
public record PersonalData(JsonNode rest, List<OrderView> orders) {

    public PersonalData {
        orders = List.copyOf(orders);
    }
}
