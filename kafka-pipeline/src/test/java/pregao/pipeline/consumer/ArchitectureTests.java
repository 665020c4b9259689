package pregao.pipeline.consumer;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the dependencies between packages.
 */
class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.pipeline");

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("pregao.pipeline.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void knowsNoServiceAndNoReactor() {
        noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("pregao.market..", "pregao.aggregator..", "pregao.indicators..", "reactor..")
            .check(CLASSES);
    }

    @Test
    void readsCandlesWithoutFrameworks() {
        noClasses().that()
            .resideInAPackage("pregao.pipeline.candle")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .check(CLASSES);
    }

}
