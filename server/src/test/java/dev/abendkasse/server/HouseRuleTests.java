package dev.abendkasse.server;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.abendkasse.server.testing.Awaited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Habits of this code that no compiler asks for. */
@AnalyzeClasses(packages = "dev.abendkasse.server", importOptions = DoNotIncludeTests.class)
class HouseRuleTests {

    private static final int MAX_LINES = 350;
    private static final int MAX_COLLABORATORS = 6;

    /** With the tests. */
    private static final JavaClasses EVERYTHING = new ClassFileImporter().importPackages("dev.abendkasse.server");

    @ArchTest
    static final ArchRule nobodyBlocksOrSubscribes = noClasses()
            .should()
            .callMethodWhere(target(blocksOrSubscribes()))
            .because("a blocked event loop stops every request on it, and what is subscribed to on the side loses its"
                    + " errors, its caller and its transaction");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(target(sleeps()))
            .because("waiting is a matter of Mono.delay, and nothing here may depend on having waited long enough");

    @ArchTest
    static final ArchRule jsonIsJackson3 = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
            .because("Jackson 2 is here only because libraries bring it along; it knows none of our settings");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .because("what a class needs is said by its constructor");

    @ArchTest
    static final ArchRule scheduledWorkIsReactive = methods()
            .that()
            .areAnnotatedWith(Scheduled.class)
            .should()
            .haveRawReturnType(assignableTo(Publisher.class))
            .because("the next run then starts after the end of this one, and its errors are logged");

    @ArchTest
    static final ArchRule namesSayWhatAClassIsFor = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto|DTO)")
            .because("such a name fits anything, so anything ends up there");

    @ArchTest
    static final ArchRule componentsHaveFewCollaborators = classes()
            .that()
            .areMetaAnnotatedWith(Component.class)
            .should(haveFewCollaborators())
            .because("a class that needs more is two classes");

    @Test
    void testsDoNotSleepEither() {
        noClasses()
                .should()
                .callMethodWhere(target(sleeps()))
                .because("a test that waits for a time is slow when it is right and wrong when the machine is slow")
                .check(EVERYTHING);
    }

    @Test
    void testsWaitInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Awaited.class.getName())
                .should()
                .callMethodWhere(target(blocks()))
                .because("there a wait has an end, and a reason that is said once")
                .check(EVERYTHING);
    }

    @Test
    void lombokIsNotUsed() {
        assertThatThrownBy(() -> Class.forName("lombok.Data"))
                .as("records do the work, and the compiler sees all of the code")
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void filesAreShortEnoughToBeRead() {
        var tooLong = Stream.of(Path.of("src/main/java"), Path.of("../client-sdk/java/src/main/java"))
                .flatMap(HouseRuleTests::javaFiles)
                .filter(file -> lines(file) > MAX_LINES)
                .map(file -> file.getFileName() + " has " + lines(file) + " lines");

        assertThat(tooLong)
                .as(
                        "more than 200 lines raise the question whether these are two things; more than %s answer it",
                        MAX_LINES)
                .isEmpty();
    }

    private static DescribedPredicate<AccessTarget> blocksOrSubscribes() {
        return DescribedPredicate.describe(
                "of a publisher that blocks or subscribes",
                target -> target.getOwner().isAssignableTo(Publisher.class)
                        && target.getName().matches("block.*|subscribe|toIterable|toStream"));
    }

    private static DescribedPredicate<AccessTarget> blocks() {
        return DescribedPredicate.describe(
                "of a publisher that blocks",
                target -> target.getOwner().isAssignableTo(Publisher.class)
                        && target.getName().startsWith("block"));
    }

    private static DescribedPredicate<AccessTarget> sleeps() {
        return DescribedPredicate.describe(
                "that sleeps",
                target -> target.getName().equals("sleep")
                        && (target.getOwner().isEquivalentTo(Thread.class)
                                || target.getOwner().isEquivalentTo(TimeUnit.class)));
    }

    private static ArchCondition<JavaClass> haveFewCollaborators() {
        return new ArchCondition<>("have constructors of at most " + MAX_COLLABORATORS + " parameters") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getConstructors().stream()
                        .filter(constructor ->
                                constructor.getRawParameterTypes().size() > MAX_COLLABORATORS)
                        .forEach(constructor ->
                                events.add(SimpleConditionEvent.violated(type, constructor.getDescription())));
            }
        };
    }

    private static Stream<Path> javaFiles(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
