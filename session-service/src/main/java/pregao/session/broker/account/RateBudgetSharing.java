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
 * The rate limits of all brokers: their metrics, and their division among live replicas.
 */
@Component
class RateBudgetSharing {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String COUNT_LIVE_REPLICAS = """
            select count(*)::int from session.instance
            where beat_at > clock_timestamp() - make_interval(secs => :silence)""";

    private final List<IpRateLimiter> rateLimiters;

    private final DatabaseClient database;

    private final OwnershipProperties settings;

    RateBudgetSharing(ObjectProvider<IpRateLimiter> rateLimiters, DatabaseClient database, OwnershipProperties settings,
            MeterRegistry meterRegistry) {
        this.rateLimiters = rateLimiters.orderedStream().toList();
        this.database = database;
        this.settings = settings;
        this.rateLimiters.forEach((rateLimiter) -> registerMeters(rateLimiter, meterRegistry));
    }

    private static void registerMeters(IpRateLimiter rateLimiter, MeterRegistry meterRegistry) {
        FunctionCounter.builder("pregao.broker.requests", rateLimiter, (limiter) -> (double) limiter.requestCount())
            .tag("broker", rateLimiter.broker())
            .register(meterRegistry);
        FunctionCounter
            .builder("pregao.broker.connections", rateLimiter, (limiter) -> (double) limiter.connectionCount())
            .tag("broker", rateLimiter.broker())
            .register(meterRegistry);
        FunctionCounter
            .builder("pregao.broker.waited", rateLimiter,
                    (limiter) -> limiter.waitNanos() / (double) TimeUnit.SECONDS.toNanos(1))
            .description("for a turn in the budget of this address, all together")
            .baseUnit("seconds")
            .tag("broker", rateLimiter.broker())
            .register(meterRegistry);
    }

    /** Divides the rates by the number of live replicas. Runs on one thread only. */
    void divideBudgets() {
        if (this.rateLimiters.isEmpty()) {
            return;
        }
        int liveReplicas = Objects.requireNonNull(this.database.sql(COUNT_LIVE_REPLICAS)
            .bind("silence", this.settings.takeoverTimeout().toMillis() / 1000.0)
            .mapValue(Integer.class)
            .one()
            .block(TIMEOUT));
        this.rateLimiters.forEach((rateLimiter) -> rateLimiter.divideAmong(liveReplicas));
    }

    /**
     * The schedule of the division.
     */
    @Configuration(proxyBeanMethods = false)
    static class Timing {

        @Bean
        PeriodicTask sharing(RateBudgetSharing budgetSharing) {
            return new PeriodicTask("budgets", INTERVAL, budgetSharing::divideBudgets);
        }

    }

}
