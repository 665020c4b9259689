package pregao.aggregator;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the dependencies between packages.
 */
class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.aggregator");

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("pregao.aggregator.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keepsCalculationFreeOfFrameworks() {
        classes().that()
            .resideInAPackage("pregao.aggregator.close")
            .or()
            .haveSimpleName("StoredMinute")
            .or()
            .haveSimpleName("TickCache")
            .or()
            .haveSimpleName("RawTickJsonWriter")
            .or()
            .haveSimpleName("CopyBinaryWriter")
            .or()
            .haveSimpleName("FormingCandleThrottle")
            .or()
            .haveSimpleName("FeedRegistry")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "pregao.contracts..", "pregao.market..",
                    "pregao.aggregator..")
            .check(CLASSES);
    }

    @Test
    void knowsKafkaOnlyWhereRecordsComeAndGo() {
        noClasses().that()
            .resideInAnyPackage("pregao.aggregator.tick", "pregao.aggregator.close")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework..")
            .check(CLASSES);
    }

    @Test
    void injectsNothingIntoFields() {
        noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class).check(CLASSES);
    }

    @Test
    void hasNoReactiveTypes() {
        noClasses().should().dependOnClassesThat().resideInAPackage("reactor..").check(CLASSES);
    }

}
