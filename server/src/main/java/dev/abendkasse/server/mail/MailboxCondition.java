package dev.abendkasse.server.mail;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** There is no mail server. */
public final class MailboxCondition implements Condition {

    private final MailServerCondition server = new MailServerCondition();

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !server.matches(context, metadata);
    }
}
