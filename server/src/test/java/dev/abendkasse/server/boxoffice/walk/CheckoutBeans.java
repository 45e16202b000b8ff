package dev.abendkasse.server.boxoffice.walk;

import dev.abendkasse.server.checkout.CheckoutProperties;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.secret.Secrets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** As much of the server as a checkout needs: nothing works in the background, so that a walk can be walked again. */
final class CheckoutBeans {

    private static final String SERVER = "dev.abendkasse.server.";

    private CheckoutBeans() {}

    static ApplicationContext on(
            DatabaseClient db, TransactionalOperator transaction, Secrets secrets, PaymentProvider provider) {
        var context = new AnnotationConfigApplicationContext();
        var settings = new Binder(List.of());
        var scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*[.]web[.].*")));
        scanner.setBeanDefinitionDefaults(lazy(scanner));
        scanner.scan(SERVER + "checkout", SERVER + "order", SERVER + "cart");
        context.registerBean(DatabaseClient.class, () -> db);
        context.registerBean(TransactionalOperator.class, () -> transaction);
        context.registerBean(Functions.class, () -> new Functions(db));
        context.registerBean(Secrets.class, () -> secrets);
        context.registerBean(PersonKeys.class);
        context.registerBean(PaymentProvider.class, () -> provider);
        context.registerBean(
                CheckoutProperties.class, () -> settings.bindOrCreate("abendkasse.checkout", CheckoutProperties.class));
        context.registerBean(CreditProperties.class, () -> settings.bindOrCreate("abendkasse", CreditProperties.class));
        context.refresh();
        return context;
    }

    private static org.springframework.beans.factory.support.BeanDefinitionDefaults lazy(
            ClassPathBeanDefinitionScanner scanner) {
        var defaults = scanner.getBeanDefinitionDefaults();
        defaults.setLazyInit(true);
        return defaults;
    }
}
