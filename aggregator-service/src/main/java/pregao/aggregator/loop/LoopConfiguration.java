package pregao.aggregator.loop;

import java.time.InstantSource;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.aggregator.AggregatorSettings;
import pregao.aggregator.feed.FeedReader;
import pregao.aggregator.feed.FeedWriter;
import pregao.aggregator.feed.Feeds;
import pregao.contracts.Topic;
import pregao.loop.Clients;
import pregao.loop.LoopHealth;
import pregao.loop.LoopMetrics;
import pregao.loop.LoopState;
import pregao.loop.LoopThread;
import pregao.loop.LoopThreadHealth;
import pregao.loop.TopicSettings;

/**
 * Puts the service together.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicSettings.class)
class LoopConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Clients clients(KafkaProperties kafka, AggregatorSettings settings) {
        return new Clients(kafka.buildAdminProperties(), settings.loop());
    }

    @Bean
    Feeds feeds() {
        return new Feeds();
    }

    @Bean
    FeedReader feedReader(Feeds feeds, Clients clients) {
        return new FeedReader(feeds, clients::reader);
    }

    @Bean
    FeedWriter feedWriter(Feeds feeds, FeedReader reader, DataSource database) {
        return new FeedWriter(feeds, database, reader::isCaughtUp);
    }

    @Bean
    LoopState loopState(InstantSource clock) {
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
    LoopThread loopThread(DataSource database, Clients clients, TopicSettings topics, FeedReader reader, Feeds feeds,
            AggregatorSettings settings, LoopState state, InstantSource clock, MeterRegistry registry) {
        LoopFactory factory = new LoopFactory(database, feeds, settings, state, clock,
                new LoopMetrics(registry, "aggregator"), new AggregatorMetrics(registry));
        return new LoopThread(Topic.Service.AGGREGATOR, LoopFactory.READS, clients, topics, reader::isCaughtUp, state,
                factory);
    }

}
