package dev.abendkasse.server.helpdesk;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Which help desk there is, by {@code abendkasse.help-desk.kind}. */
public final class HelpDeskChoice {

    private HelpDeskChoice() {}

    public static final class Zammad implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return is(HelpDeskProperties.Kind.ZAMMAD, context);
        }
    }

    public static final class Webhook implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return is(HelpDeskProperties.Kind.WEBHOOK, context);
        }
    }

    /** There is one. */
    public static final class Any implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return new Zammad().matches(context, metadata) || new Webhook().matches(context, metadata);
        }
    }

    private static boolean is(HelpDeskProperties.Kind kind, ConditionContext context) {
        return kind.name().equalsIgnoreCase(context.getEnvironment().getProperty("abendkasse.help-desk.kind"));
    }
}
