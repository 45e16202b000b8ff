package dev.abendkasse.server.payment.stripe;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What is used of Stripe's library. */
@AnalyzeClasses(packages = "dev.abendkasse.server", importOptions = DoNotIncludeTests.class)
class StripeLibraryTests {

    @ArchTest
    static final ArchRule nothingOfItThatBlocks = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.stripe..")
                    .and(not(resideInAPackage("com.stripe.param..")))
                    .and(not(JavaClass.Predicates.belongToAnyOf(com.stripe.net.Webhook.class)))
                    .and(not(name("com.stripe.net.FormEncoder")))
                    .and(not(name("com.stripe.exception.SignatureVerificationException"))))
            .because("its calls block their thread; the names of parameters and the check of signatures do not");

    @ArchTest
    static final ArchRule nobodyElseKnowsIt = noClasses()
            .that(not(resideInAnyPackage("dev.abendkasse.server.payment.stripe")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.stripe..")
            .because("to everybody else Stripe is a payment provider like any other");
}
