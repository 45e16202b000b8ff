package dev.abendkasse.server.sandbox;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The sandbox is on when it is asked for, or when nobody has said who else takes the payments. */
public final class SandboxCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var settings = context.getEnvironment();
        var noOtherProvider = settings.getProperty("abendkasse.payment.base-url", "")
                        .isBlank()
                && !settings.getProperty("abendkasse.payment.provider", "").equals("stripe");
        return settings.getProperty("abendkasse.sandbox.enabled", Boolean.class, noOtherProvider);
    }
}
