package pregao.aggregator.pipeline;

import java.time.InstantSource;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.aggregator.AggregatorProperties;
import pregao.aggregator.feed.FeedReader;
import pregao.aggregator.feed.FeedRegistry;
import pregao.aggregator.feed.FeedTableSyncTask;
import pregao.contracts.Topic;
import pregao.pipeline.consumer.ConsumerHealthIndicator;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.ConsumerThreadHealthIndicator;
import pregao.pipeline.consumer.FencedConsumerContainer;
import pregao.pipeline.consumer.KafkaClients;
import pregao.pipeline.consumer.TopicProperties;

/**
 * Creates the beans of the tick pipeline.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class PipelineConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    KafkaClients clients(KafkaProperties kafkaProperties, AggregatorProperties properties) {
        return new KafkaClients(kafkaProperties.buildAdminProperties(), properties.toConsumerProperties());
    }

    @Bean
    FeedRegistry feeds() {
        return new FeedRegistry();
    }

    @Bean
    FeedReader feedReader(FeedRegistry feeds, KafkaClients clients) {
        return new FeedReader(feeds, clients::createStandaloneConsumer);
    }

    @Bean
    FeedTableSyncTask feedWriter(FeedRegistry feeds, FeedReader reader, DataSource dataSource) {
        return new FeedTableSyncTask(feeds, dataSource, reader::isCaughtUp);
    }

    @Bean
    ConsumerState loopState(InstantSource clock) {
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
    FencedConsumerContainer loopThread(DataSource dataSource, KafkaClients clients, TopicProperties topicProperties,
            FeedReader reader, FeedRegistry feeds, AggregatorProperties properties, ConsumerState state,
            InstantSource clock, MeterRegistry registry) {
        TickPipelineFactory factory = new TickPipelineFactory(dataSource, feeds, properties, state, clock,
                new ConsumerMetrics(registry, "aggregator"), new AggregatorMetrics(registry));
        return new FencedConsumerContainer(Topic.Service.AGGREGATOR, TickPipelineFactory.TOPICS, clients,
                topicProperties, reader::isCaughtUp, state, factory);
    }

}
