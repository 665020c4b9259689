package pregao.ingest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;

import pregao.contracts.candle.Spread;
import pregao.ingest.instrument.FeedInstruments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.ingest");

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("pregao.ingest.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void parserIsPure() {
        classes().that()
            .resideInAnyPackage("pregao.ingest.parser..", "pregao.ingest.json..")
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates
                .resideInAnyPackage("java..", "org.jspecify..", "tools.jackson.core..", "pregao.contracts..",
                        "pregao.ingest.parser..", "pregao.ingest.json..")
                .or(JavaClass.Predicates.type(FeedInstruments.class)))
            .because("what an item is has nothing to do with how it came or where it goes")
            .check(CLASSES);
    }

    @Test
    void spreadsKeepTheirUnit() {
        noClasses().should()
            .callConstructor(Spread.class, long.class, boolean.class)
            .because("a spread of an unknown unit would come back from the database as a price")
            .check(CLASSES);
    }

    @Test
    void fieldsAreNotInjected() {
        noFields().should().beAnnotatedWith(Autowired.class).check(CLASSES);
    }

    @Test
    void nothingSubscribesDirectly() {
        noClasses().should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates
                .target(com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("subscribe")))
            .because("nobody would see the error")
            .check(CLASSES);
    }

    @Test
    void onlyOwnThreadsBlockOnPublishers() {
        noClasses().that()
            .haveNameNotMatching(".*\\.(OutboxRelay|CompactedTopicReader)(\\$.*)?")
            .should()
            .callMethodWhere(DescribedPredicate.describe("a publisher is waited for, or subscribed to eagerly",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().matches("subscribeWith|block.*|toFuture|toIterable|toStream")))
            .because("it blocks an event loop, or loses the context and cannot be cancelled")
            .check(CLASSES);
    }

}
