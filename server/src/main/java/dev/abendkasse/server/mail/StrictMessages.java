package dev.abendkasse.server.mail;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** The texts of templates. A text that is missing stops the mail instead of showing its key to the reader. */
final class StrictMessages extends AbstractMessageResolver {

    private final MessageSource texts;

    StrictMessages(MessageSource texts) {
        this.texts = texts;
    }

    @Override
    public String resolveMessage(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] values) {
        return texts.getMessage(key, values, context.getLocale());
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] values) {
        throw new IllegalStateException("There is no text " + key);
    }
}
