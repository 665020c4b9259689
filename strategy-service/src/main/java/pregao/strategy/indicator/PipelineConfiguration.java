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
import pregao.pipeline.consumer.ConsumerHealthIndicator;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.ConsumerThreadHealthIndicator;
import pregao.pipeline.consumer.DeadLetterPublisher;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.FencedConsumerContainer;
import pregao.pipeline.consumer.KafkaClients;
import pregao.pipeline.consumer.TopicProperties;
import pregao.pipeline.offset.OffsetRepository;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.catalog.live.LiveAnalysisUpdater;
import pregao.strategy.execution.ExecutionReportHandler;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.price.LastPricePublisher;

/**
 * Configures the consumer of the trading pipeline.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class PipelineConfiguration {

    private static final List<Topic> TOPICS = List.of(Topic.INDICATOR, Topic.CANDLE, Topic.EXECUTION_REPORT,
            Topic.SESSION);

    private static final String SELECT_MIGRATED = """
            select coalesce(has_table_privilege(to_regclass('market.feed'), 'select'), false)
              and coalesce(has_table_privilege(to_regclass('indicators.series'), 'select'), false)""";

    @Bean
    KafkaClients clients(KafkaProperties kafka, TradingConsumerProperties properties) {
        return new KafkaClients(kafka.buildAdminProperties(), properties.toConsumerProperties());
    }

    @Bean
    ConsumerState loopState(Clock clock) {
        return new ConsumerState(clock);
    }

    @Bean
    HealthIndicator loopHealthIndicator(ConsumerState state) {
        return new ConsumerHealthIndicator(state);
    }

    @Bean
    HealthIndicator loopThreadHealthIndicator(ConsumerState state) {
        return new ConsumerThreadHealthIndicator(state);
    }

    @Bean
    FencedConsumerContainer loopThread(DataSource database, TradingConsumerProperties properties, KafkaClients clients,
            TopicProperties topics, ConsumerState state, Clock clock, MeterRegistry registry,
            CommitListener commitListener, OutcomeSignal outcomeSignal, ExecutionReportHandler reportHandler,
            LiveAnalysisUpdater analysisUpdater, LastPricePublisher pricePublisher) {
        ConsumerMetrics metrics = new ConsumerMetrics(registry, "strategy");
        DecisionLatency latency = new DecisionLatency(registry, clock);
        FencedConsumerContainer.FencedConsumerFactory consumerFactory = (consumer, producer, partitions) -> {
            DeadLetterPublisher deadLetters = new DeadLetterPublisher(Topic.Service.STRATEGY, producer, metrics);
            TradingPipeline pipeline = new TradingPipeline(database, new IndicatorRecordDecoder(deadLetters, latency),
                    new OffsetRepository("strategy.loop_state"), new ActiveBotRepository(), new BotInstanceRepository(),
                    commitListener, new LiveAnalysisListener(analysisUpdater), outcomeSignal, reportHandler,
                    pricePublisher, latency, clock, metrics);
            return new FencedConsumer(consumer, partitions, pipeline, deadLetters, properties.toConsumerProperties(),
                    state, clock, metrics);
        };
        return new FencedConsumerContainer(Topic.Service.STRATEGY, TOPICS, clients, topics, () -> isMigrated(database),
                state, consumerFactory);
    }

    private static boolean isMigrated(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT_MIGRATED);
                ResultSet result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
        catch (SQLException ex) {
            // The consumer checks again in a second, and logs that it waits.
            return false;
        }
    }

}
