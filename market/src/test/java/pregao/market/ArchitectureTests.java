package pregao.market;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("pregao.market");

    @Test
    void dependsOnNothingButJavaAndContracts() {
        classes().should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "pregao.market..", "pregao.contracts..", "org.jspecify.annotations..")
            .check(CLASSES);
    }

    @Test
    void hasPackagesFreeOfCycles() {
        slices().matching("pregao.market.(**)").should().beFreeOfCycles().check(CLASSES);
    }

}
