package pregao.devcluster;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What every class of the local stack holds to.
 */
class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.devcluster");

    @Test
    void hasNoTangledPackages() {
        slices().matching("pregao.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void knowsNothingOfTheServicesCode() {
        noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("pregao.ingest..", "pregao.aggregator..", "pregao.indicators..", "pregao.gateway..",
                    "org.springframework..")
            .check(CLASSES);
    }

    @Test
    void keepsProcessesApartFromWhatTheyRun() {
        noClasses().that()
            .resideInAnyPackage("pregao.devcluster.process..", "pregao.devcluster.secret..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "pregao.devcluster.process..",
                    "pregao.devcluster.secret..")
            .check(CLASSES);
    }

}
