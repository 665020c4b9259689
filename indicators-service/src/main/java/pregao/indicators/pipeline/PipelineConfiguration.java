package pregao.indicators.pipeline;

import java.time.InstantSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.contracts.Topic;
import pregao.indicators.IndicatorProperties;
import pregao.pipeline.consumer.ConsumerHealthIndicator;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.ConsumerThreadHealthIndicator;
import pregao.pipeline.consumer.FencedConsumerContainer;
import pregao.pipeline.consumer.KafkaClients;
import pregao.pipeline.consumer.TopicProperties;

/**
 * Creates the beans of the indicator pipeline.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class PipelineConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    KafkaClients clients(KafkaProperties kafkaProperties, IndicatorProperties properties) {
        return new KafkaClients(kafkaProperties.buildAdminProperties(), properties.toConsumerProperties());
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

    /** The pipeline uses JDBC, besides the R2DBC connections of the API. */
    @Bean
    @ConfigurationProperties("pregao.loop.database")
    HikariDataSource loopDatabase() {
        return new HikariDataSource();
    }

    @Bean
    FencedConsumerContainer loopThread(HikariDataSource dataSource, KafkaClients clients,
            TopicProperties topicProperties, IndicatorProperties properties, ConsumerState state, InstantSource clock,
            MeterRegistry registry) {
        IndicatorPipelineFactory factory = new IndicatorPipelineFactory(dataSource, properties, state, clock,
                new ConsumerMetrics(registry, "indicators"), new IndicatorMetrics(registry, clock));
        return new FencedConsumerContainer(Topic.Service.INDICATORS, IndicatorPipelineFactory.TOPICS, clients,
                topicProperties, new MarketSchemaReadiness(dataSource), state, factory);
    }

}
