package pregao.indicators.backfill;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import pregao.pipeline.consumer.KafkaClients;

/**
 * Creates the publisher of backfill requests. The consumer provisions the topic.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class BackfillConfiguration {

    @Bean
    BackfillRequestPublisher wishPublisher(KafkaClients clients) {
        return new BackfillRequestPublisher(clients::createProducer);
    }

}
