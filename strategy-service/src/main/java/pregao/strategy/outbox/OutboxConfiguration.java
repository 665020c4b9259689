package pregao.strategy.outbox;

import java.time.Clock;
import java.time.Duration;

import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.background.PeriodicTask;
import pregao.pipeline.consumer.KafkaClients;

/**
 * The thread that publishes, and the one that forgets what is too old.
 */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    /** How late at most an event goes out that a dead replica has written. */
    private static final Duration SWEEP = Duration.ofMillis(500);

    private static final Duration KEPT = Duration.ofDays(30);

    private static final String FORGET = """
            delete from strategy.event where id in (
              select id from strategy.event where at < :before and published order by at limit 10000)""";

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(KafkaClients clients) {
        return clients.createProducer();
    }

    @Bean
    PeriodicTask publishing(OutboxRelay outbox, OutboxTrigger bell) {
        PeriodicTask publishing = new PeriodicTask("outbox", SWEEP, outbox::publish);
        bell.hangs(publishing);
        return publishing;
    }

    @Bean
    PeriodicTask forgetting(JdbcClient database, Clock clock) {
        return new PeriodicTask("forgetting", Duration.ofMinutes(10),
                () -> database.sql(FORGET)
                    .param("before", clock.instant().minus(KEPT).atOffset(java.time.ZoneOffset.UTC))
                    .update());
    }

}
