package pregao.session;

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
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * What the packages may know of each other.
 */
class ArchitectureTests {

    private static final JavaClasses SERVICE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("pregao.session");

    @Test
    void hasNoCyclesBetweenPackages() {
        check(SlicesRuleDefinition.slices().matching("pregao.session.(**)").should().beFreeOfCycles());
    }

    @Test
    void injectsThroughConstructorsOnly() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        check(noFields().should().beAnnotatedWith(Value.class));
    }

    @Test
    void neverSubscribesButInOnePlace() {
        check(noClasses().that()
            .doNotHaveSimpleName("BackgroundTasks")
            .and()
            .doNotHaveSimpleName("BackfillConsumer") // on its own thread, which looks at
                                                     // what
            // it began
            .should()
            .callMethodWhere(describe("a publisher is subscribed to, and nobody sees the error",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().matches("subscribe|subscribeWith|toFuture|toIterable|toStream"))));
    }

    @Test
    void blocksOnlyOnThreadsOfItsOwn() {
        String own = "BootstrapRunner|FeedStreamSupervisor|FeedStreamCoordinator|SessionSupervisor|RateBudgetSharing"
                + "|SigningKeyRing|Ownership|HeartbeatConnectionPool|ExpiredLoginCleanupTask|OutboxRelay|OrderReconciler"
                + "|Outbox.*";
        check(noClasses().that()
            .haveNameNotMatching(".*\\.(" + own + ")(\\$.*)?")
            .should()
            .callMethodWhere(describe("a publisher is waited for, which blocks an event loop",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Publisher.class)
                            && call.getName().startsWith("block"))));
    }

    @Test
    void knowsNoOtherServicesCode() {
        check(noClasses().should()
            .dependOnClassesThat(describe("belong to another service",
                    (JavaClass other) -> other.getPackageName().startsWith("pregao.") && !other.getPackageName()
                        .matches("pregao\\.(session|contracts|webapi|background|pipeline)(\\..*)?"))));
    }

    @Test
    void keepsTheProtocolsFreeOfSockets() {
        free("pregao.session.broker.polarium",
                "MessageFrame|PendingRequests|ServerClock|Expiry|ReconnectPolicy|Position|PositionTracker"
                        + "|InFlightOrder|OrderResponseMapper|CandleParser|CandlePager|CandleSequencer"
                        + "|InstrumentDirectory");
        free("pregao.session.broker.binance",
                "RequestSigner|RestRequest|BinanceErrorMapper|RequestWeightLimiter|OrderRateLimiter|ReconnectBackoff"
                        + "|ServerClock|SymbolFilters|ExchangeInfo|KlineParser|KlinePager|KlineSequencer|TickAssembler"
                        + "|OrderResponseMapper|OrderTracker|LoginErrorMapper");
        free("pregao.session.broker.marketdata", "StreamCursor|LeaseValidity");
        free("pregao.session.broker.backfill", "BackfillQueue");
    }

    private static void free(String broker, String classes) {
        check(noClasses().that()
            .resideInAPackage(broker)
            .and()
            .haveNameMatching(".*\\.(" + classes + ")(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "io.netty..", "org.springframework.."));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
    }

}
