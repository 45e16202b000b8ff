package dev.abendkasse.server.letters;

import dev.abendkasse.server.invoice.Invoices;
import dev.abendkasse.server.paymentlink.PaymentLinks;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.ticket.Tickets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where letters have their files and links from. */
@Configuration(proxyBeanMethods = false)
class LetterConfiguration {

    @Bean
    Letters letters(Tickets tickets, Invoices invoices, PaymentLinks links) {
        var enclosures =
                new Enclosures((order, language) -> tickets.pdfOf(new OrderId(order), language), invoices::pdfOf);
        return new Letters(enclosures, links::urlOf);
    }
}
