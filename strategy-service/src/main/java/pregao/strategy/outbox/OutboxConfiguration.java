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
 * Configures the threads that publish events and delete old ones.
 */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    /** The maximum delay of an event if the replica that stored it has failed. */
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);

    private static final Duration RETENTION = Duration.ofDays(30);

    private static final String DELETE_OLD = """
            delete from strategy.event where id in (
              select id from strategy.event where at < :before and published order by at limit 10000)""";

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(KafkaClients clients) {
        return clients.createProducer();
    }

    @Bean
    PeriodicTask publishing(OutboxRelay relay, OutboxTrigger trigger) {
        PeriodicTask task = new PeriodicTask("outbox", SWEEP_INTERVAL, relay::publishPending);
        trigger.setTask(task);
        return task;
    }

    @Bean
    PeriodicTask forgetting(JdbcClient database, Clock clock) {
        return new PeriodicTask("forgetting", Duration.ofMinutes(10),
                () -> database.sql(DELETE_OLD)
                    .param("before", clock.instant().minus(RETENTION).atOffset(java.time.ZoneOffset.UTC))
                    .update());
    }

}
