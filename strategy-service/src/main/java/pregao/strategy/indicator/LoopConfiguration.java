package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.contracts.Topic;
import pregao.loop.Clients;
import pregao.loop.DeadLetters;
import pregao.loop.FencedLoop;
import pregao.loop.LoopHealth;
import pregao.loop.LoopMetrics;
import pregao.loop.LoopState;
import pregao.loop.LoopThread;
import pregao.loop.LoopThreadHealth;
import pregao.loop.TopicSettings;
import pregao.loop.fence.ProgressStore;
import pregao.strategy.bot.Roster;
import pregao.strategy.catalog.live.LiveCatalogue;
import pregao.strategy.execution.Outcomes;
import pregao.strategy.order.Untold;
import pregao.strategy.price.PriceBoard;

/**
 * Puts the loop together.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicSettings.class)
class LoopConfiguration {

    private static final List<Topic> READS = List.of(Topic.INDICATOR, Topic.CANDLE, Topic.EXECUTION_REPORT,
            Topic.SESSION);

    private static final String MIGRATED = """
            select coalesce(has_table_privilege(to_regclass('market.feed'), 'select'), false)
              and coalesce(has_table_privilege(to_regclass('indicators.series'), 'select'), false)""";

    @Bean
    Clients clients(KafkaProperties kafka, LoopPace pace) {
        return new Clients(kafka.buildAdminProperties(), pace.loop());
    }

    @Bean
    LoopState loopState(Clock clock) {
        return new LoopState(clock);
    }

    @Bean
    HealthIndicator loopHealthIndicator(LoopState state) {
        return new LoopHealth(state);
    }

    @Bean
    HealthIndicator loopThreadHealthIndicator(LoopState state) {
        return new LoopThreadHealth(state);
    }

    @Bean
    LoopThread loopThread(DataSource requests, LoopPace pace, Clients clients, TopicSettings topics, LoopState state,
            Clock clock, MeterRegistry registry, Done done, Untold untold, Outcomes outcomes, LiveCatalogue catalogue,
            PriceBoard board) {
        LoopMetrics metrics = new LoopMetrics(registry, "strategy");
        Lag lag = new Lag(registry, clock);
        LoopThread.LoopMaker maker = (consumer, producer, partitions) -> {
            DeadLetters letters = new DeadLetters(Topic.Service.STRATEGY, producer, metrics);
            Deciding deciding = new Deciding(requests, new Decoding(letters, lag),
                    new ProgressStore("strategy.loop_state"), new Roster(), new DeskStore(), done,
                    new Watching(catalogue), untold, outcomes, board, lag, clock, metrics);
            return new FencedLoop(consumer, partitions, deciding, letters, pace.loop(), state, clock, metrics);
        };
        return new LoopThread(Topic.Service.STRATEGY, READS, clients, topics, () -> isMigrated(requests), state, maker);
    }

    private static boolean isMigrated(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(MIGRATED);
                ResultSet result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
        catch (SQLException ex) {
            // The loop asks again in a second, and says that it waits.
            return false;
        }
    }

}
