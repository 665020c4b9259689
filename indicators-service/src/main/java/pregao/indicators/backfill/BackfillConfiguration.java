package pregao.indicators.backfill;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import pregao.pipeline.consumer.KafkaClients;

/**
 * Puts the way to Kafka together; the topic is made with those of the loop.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class BackfillConfiguration {

    @Bean
    BackfillRequestPublisher wishPublisher(KafkaClients clients) {
        return new BackfillRequestPublisher(clients::createProducer);
    }

}
