package dev.abendkasse.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.r2dbc.spi.R2dbcException;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Who may import what. */
@AnalyzeClasses(packages = "dev.abendkasse.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String CONTRACT = "dev.abendkasse.api..";

    private static final DescribedPredicate<JavaClass> SQL = resideInAnyPackage(
                    "org.springframework.r2dbc..",
                    "org.springframework.jdbc..",
                    "io.r2dbc..",
                    "java.sql..",
                    "javax.sql..")
            .and(not(assignableTo(R2dbcException.class)))
            .as("SQL and its drivers, but for the drivers' errors");

    @Test
    void modulesUseEachOtherOnlyThroughTheirRootPackageAsDeclaredAndWithoutCycles() {
        ApplicationModules.of(AbendkasseApplication.class).verify();
    }

    @ArchTest
    static final ArchRule domainIsPure = classes()
            .that()
            .resideInAPackage("..domain..")
            .should(dependOnlyOnPlainJavaAndTheirOwnPackage())
            .because("a decision that needs nothing but its facts can be tested with every combination of them");

    @ArchTest
    static final ArchRule sharedKnowsNoModule = noClasses()
            .that()
            .resideInAPackage("dev.abendkasse.server.shared..")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.springframework.modulith",
                    "dev.abendkasse.server.shared..",
                    "com.ibm.icu..")))
            .because(
                    "every module speaks these words, so they must not bring anything along; only what tells one e-mail"
                            + " address from another needs more of Unicode than the JDK has, whose domain names are of 2003");

    @ArchTest
    static final ArchRule onlyTheWebEdgeKnowsTheContract = noClasses()
            .that()
            .resideOutsideOfPackage("..web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTRACT)
            .because("a change of the wire format must end in a mapper and not reach the SQL");

    @ArchTest
    static final ArchRule onlyStoresSpeakSql = noClasses()
            .that(resideOutsideOfPackages(
                    "..store..", "dev.abendkasse.server.database..", "dev.abendkasse.server.embedded.."))
            .should()
            .dependOnClassesThat(SQL)
            .because(
                    "locks are taken in one order everywhere, which can be checked only if all statements are in one place");

    @ArchTest
    static final ArchRule webDoesNotBypassTheUseCase = noClasses()
            .that()
            .resideInAPackage("..web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..store..")
            .because("the rules of a use case hold only for those who go through it");

    @ArchTest
    static final ArchRule storesKnowNoEdge = noClasses()
            .that()
            .resideInAPackage("..store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..web..", "org.springframework.http.."))
            .because("a statement must not depend on who asks for it");

    @ArchTest
    static final ArchRule useCasesKnowNoHttp = noClasses()
            .that(areModuleRoots())
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.web..", "org.springframework.http..", "jakarta.validation.."))
            .because("shop, box office and jobs run the same use cases");

    @ArchTest
    static final ArchRule transactionsBelongToUseCases = noClasses()
            .that(resideInAnyPackage("..web..", "..store..", "..domain.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.transaction.."))
            .because("where a transaction begins and ends is part of the use case and must be seen in its chain");

    @ArchTest
    static final ArchRule controllersStayInsideAndImplementTheContract = classes()
            .that()
            .areAnnotatedWith(org.springframework.web.bind.annotation.RestController.class)
            .should()
            .notBePublic()
            .andShould()
            .resideInAPackage("..web..")
            .andShould(implementTheContract())
            .because("nothing is served that is not in the contract");

    private static DescribedPredicate<JavaClass> areModuleRoots() {
        return new DescribedPredicate<>("are module roots other than those for HTTP") {
            @Override
            public boolean test(JavaClass type) {
                var name = type.getPackageName();
                return name.matches("dev\\.abendkasse\\.server\\.[a-z]+")
                        && !name.endsWith(".web")
                        && !name.endsWith(".embedded");
            }
        };
    }

    private static ArchCondition<JavaClass> dependOnlyOnPlainJavaAndTheirOwnPackage() {
        return new ArchCondition<>("depend only on plain Java, shared value types and their own package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !isAllowed(dependency))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static boolean isAllowed(Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType();
        return target.isPrimitive()
                || target.getPackageName().equals(dependency.getOriginClass().getPackageName())
                || resideInAnyPackage("java..", "org.jspecify..", "dev.abendkasse.server.shared..")
                        .test(target);
    }

    private static ArchCondition<JavaClass> implementTheContract() {
        return new ArchCondition<>("implement interfaces generated from the contract") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var generated = type.getAllRawInterfaces().stream()
                        .anyMatch(face -> face.getPackageName().equals("dev.abendkasse.api"));
                // The generated methods would read a multipart form, which OAuth 2 does not send, and mail programs
                // need not.
                var excused = type.getSimpleName().matches("TokenController|OneClickController");
                if (!generated && !excused) {
                    events.add(
                            SimpleConditionEvent.violated(type, type.getName() + " implements no generated interface"));
                }
            }
        };
    }
}
