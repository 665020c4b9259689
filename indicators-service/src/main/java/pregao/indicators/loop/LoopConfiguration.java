package pregao.indicators.loop;

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
import pregao.indicators.IndicatorsSettings;
import pregao.loop.Clients;
import pregao.loop.LoopHealth;
import pregao.loop.LoopMetrics;
import pregao.loop.LoopState;
import pregao.loop.LoopThread;
import pregao.loop.LoopThreadHealth;
import pregao.loop.TopicSettings;

/**
 * Puts the loop together.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicSettings.class)
class LoopConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Clients clients(KafkaProperties kafka, IndicatorsSettings settings) {
        return new Clients(kafka.buildAdminProperties(), settings.loop());
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

    /** Beside the reactive one of the readers. */
    @Bean
    @ConfigurationProperties("pregao.loop.database")
    HikariDataSource loopDatabase() {
        return new HikariDataSource();
    }

    @Bean
    LoopThread loopThread(HikariDataSource database, Clients clients, TopicSettings topics, IndicatorsSettings settings,
            LoopState state, InstantSource clock, MeterRegistry registry) {
        IndicationFactory factory = new IndicationFactory(database, settings, state, clock,
                new LoopMetrics(registry, "indicators"), new IndicationMetrics(registry, clock));
        return new LoopThread(Topic.Service.INDICATORS, IndicationFactory.READS, clients, topics,
                new MarketSchema(database), state, factory);
    }

}
