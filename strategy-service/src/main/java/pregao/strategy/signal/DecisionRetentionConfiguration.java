package pregao.strategy.signal;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.background.PeriodicTask;

/**
 * Configures the task that deletes old decisions in batches.
 */
@Configuration(proxyBeanMethods = false)
class DecisionRetentionConfiguration {

    private static final String DELETE_OLD = """
            delete from strategy.decision where (bot, at, feed, symbol) in (
              select bot, at, feed, symbol from strategy.decision where created_at < :before
              order by created_at limit 20000)""";

    @Bean
    PeriodicTask forgettingDecisions(JdbcClient database, DecisionRetentionProperties properties, Clock clock) {
        return new PeriodicTask("decisions", Duration.ofMinutes(5),
                () -> database.sql(DELETE_OLD)
                    .param("before", clock.instant().minus(properties.retention()).atOffset(ZoneOffset.UTC))
                    .update());
    }

    /**
     * Settings of the retention of decisions.
     *
     * @param retention how long decisions are kept
     */
    @ConfigurationProperties("pregao.strategy.decisions")
    record DecisionRetentionProperties(@DefaultValue("90d") Duration retention) {

        DecisionRetentionProperties {
            if (retention.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException(
                        "pregao.strategy.decisions.retention is at least 1 d, not " + retention);
            }
        }

    }

}
