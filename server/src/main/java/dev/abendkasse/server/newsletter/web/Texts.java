package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.model.NewsletterReceipt;
import dev.abendkasse.server.web.Languages;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** What readers are told, in the language asked for. */
@Component
class Texts {

    private final MessageSource messages;

    Texts(MessageSource messages) {
        this.messages = messages;
    }

    String of(ServerWebExchange exchange, String code) {
        return messages.getMessage(code, null, Languages.of(exchange.getRequest()));
    }

    NewsletterReceipt receipt(ServerWebExchange exchange, String code) {
        return new NewsletterReceipt(of(exchange, code));
    }
}
