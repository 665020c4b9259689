package pregao.strategy;

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

import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.trade.ClosedTrade;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * Tests of the dependencies between packages.
 */
class ArchitectureTests {

    private static final JavaClasses SERVICE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.strategy");

    @Test
    void hasNoCyclesBetweenPackages() {
        check(SlicesRuleDefinition.slices().matching("pregao.strategy.(*)..").should().beFreeOfCycles());
    }

    @Test
    void injectsThroughConstructorsOnly() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        check(noFields().should().beAnnotatedWith(Value.class));
    }

    @Test
    void neverSubscribesOrBlocks() {
        check(noClasses().should()
            .callMethodWhere(describe("a publisher is subscribed to, and nobody sees the error",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Publisher.class) && call.getName()
                        .matches("subscribe|subscribeWith|block.*|toFuture|toIterable|toStream"))));
    }

    @Test
    void knowsNoOtherServicesCode() {
        check(noClasses().should()
            .dependOnClassesThat(describe("belong to another service",
                    (JavaClass other) -> other.getPackageName().startsWith("pregao.") && !other.getPackageName()
                        .matches("pregao\\.(strategy|contracts|market|pipeline|webapi|background)(\\..*)?"))));
    }

    @Test
    void keepsWhatBotsDoFreeOfFrameworks() {
        check(noClasses().that()
            .resideInAPackage("pregao.strategy.engine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "org.apache..", "java.sql..", "javax.sql..",
                    "tools.jackson.."));
    }

    /** Protections must know of a trade before the next decision. */
    @Test
    void putsTradesOfBotsThroughTheirTurns() {
        check(noClasses().that()
            .resideInAPackage("pregao.strategy.engine")
            .and()
            .doNotHaveSimpleName("TradingContext")
            .should()
            .callMethod(LedgerTransaction.class, "put", ClosedTrade.class));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
    }

}
