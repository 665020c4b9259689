package pregao.gateway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Value;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * Tests of the dependencies between packages.
 */
class ArchitectureTests {

    private static final JavaClasses SERVICE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.gateway");

    @Test
    void hasNoCyclesBetweenPackages() {
        check(SlicesRuleDefinition.slices().matching("pregao.gateway.(*)..").should().beFreeOfCycles());
    }

    @Test
    void keepsTokensFreeOfFrameworks() {
        check(classes().that()
            .haveNameMatching(".*\\.(ApiKeyTokenIssuer|JwtSigningKey)(\\$.*)?")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.nimbusds..", "com.github.benmanes.caffeine..",
                    "pregao.contracts..", "pregao.gateway.token"));
    }

    @Test
    void injectsThroughConstructorsOnly() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        check(noFields().should().beAnnotatedWith(Value.class));
    }

    @Test
    void neverSubscribesOrBlocks() {
        check(noClasses().should()
            .callMethodWhere(describe("a publisher is subscribed to or waited for",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Publisher.class) && call.getName()
                        .matches("subscribe|subscribeWith|block.*|toFuture|toIterable|toStream"))));
    }

    @Test
    void knowsNoOtherServicesCode() {
        check(noClasses().should()
            .dependOnClassesThat(describe("belong to another service", (JavaClass dependency) -> dependency
                .getPackageName()
                .startsWith("pregao.")
                    && !dependency.getPackageName().matches("pregao\\.(gateway|contracts|background)(\\..*)?"))));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
    }

}
