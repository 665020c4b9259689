package pregao.session.broker.account;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;
import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.ownership.OwnershipProperties;

/**
 * The budgets of all brokers: counted, and divided among the replicas that live.
 */
@Component
class RateBudgetSharing {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String LIVING = """
            select count(*)::int from session.instance
            where beat_at > clock_timestamp() - make_interval(secs => :silence)""";

    private final List<IpRateLimiter> budgets;

    private final DatabaseClient database;

    private final OwnershipProperties settings;

    RateBudgetSharing(ObjectProvider<IpRateLimiter> budgets, DatabaseClient database, OwnershipProperties settings,
            MeterRegistry meters) {
        this.budgets = budgets.orderedStream().toList();
        this.database = database;
        this.settings = settings;
        this.budgets.forEach((budget) -> count(budget, meters));
    }

    private static void count(IpRateLimiter budget, MeterRegistry meters) {
        FunctionCounter
            .builder("pregao.broker.requests", budget, (ipRateLimiter) -> (double) ipRateLimiter.requestCount())
            .tag("broker", budget.broker())
            .register(meters);
        FunctionCounter.builder("pregao.broker.connections", budget, (each) -> (double) each.connectionCount())
            .tag("broker", budget.broker())
            .register(meters);
        FunctionCounter
            .builder("pregao.broker.waited", budget, (each) -> each.waitNanos() / (double) TimeUnit.SECONDS.toNanos(1))
            .description("for a turn in the budget of this address, all together")
            .baseUnit("seconds")
            .tag("broker", budget.broker())
            .register(meters);
    }

    /** One turn; only one thread comes here. */
    void share() {
        if (this.budgets.isEmpty()) {
            return;
        }
        int living = Objects.requireNonNull(this.database.sql(LIVING)
            .bind("silence", this.settings.takeoverTimeout().toMillis() / 1000.0)
            .mapValue(Integer.class)
            .one()
            .block(TIMEOUT));
        this.budgets.forEach((budget) -> budget.divideAmong(living));
    }

    /**
     * When they are divided anew.
     */
    @Configuration(proxyBeanMethods = false)
    static class Timing {

        @Bean
        PeriodicTask sharing(RateBudgetSharing budgets) {
            return new PeriodicTask("budgets", EVERY, budgets::share);
        }

    }

}
