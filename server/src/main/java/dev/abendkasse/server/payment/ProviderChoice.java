package dev.abendkasse.server.payment;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Which of the ways to speak with a provider is taken, by {@code abendkasse.payment.provider}. */
public final class ProviderChoice {

    public static final String STRIPE = "stripe";

    private ProviderChoice() {}

    /** Stripe takes the payments. */
    public static final class Stripe implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return STRIPE.equals(context.getEnvironment().getProperty("abendkasse.payment.provider"));
        }
    }

    /** Somebody takes them who speaks our own protocol. */
    public static final class Other implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new Stripe().matches(context, metadata);
        }
    }
}
