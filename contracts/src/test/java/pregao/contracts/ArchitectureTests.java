package pregao.contracts;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("pregao.contracts");

    @Test
    void dependsOnNothingButJavaAndProtobuf() {
        classes().should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "pregao.contracts..", "com.google.protobuf..", "org.jspecify.annotations..")
            .check(CLASSES);
    }

    @Test
    void hasPackagesFreeOfCycles() {
        slices().matching("pregao.contracts.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keepsProtobufOutOfTheTypesThatOthersUse() {
        DescribedPredicate<JavaClass> valuesAndTables = DescribedPredicate.describe("records",
                (type) -> type.isRecord());
        noClasses().that(valuesAndTables)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.protobuf..")
            .check(CLASSES);
    }

}
