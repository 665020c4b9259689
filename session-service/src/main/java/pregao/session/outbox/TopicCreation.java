package pregao.session.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;

/**
 * Makes the topics that this service writes, and those of their dead letters.
 */
@Component
class TopicCreation {

    private static final long BOUND = 15;

    private final Admin admin;

    private final TopicSettings settings;

    TopicCreation(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Makes those that are not there.
     * @throws IllegalStateException where Kafka does not answer
     */
    void createMissing() {
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic topic : Topic.writtenBy(Topic.Service.SESSION)) {
            wanted.add(topic(topic));
            wanted.add(topic(topic.deadLetters(), topic.partitions(this.settings.partitions()),
                    Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(Topic.LEDGER_RETENTION.toMillis()))));
        }
        for (KafkaFuture<Void> made : this.admin.createTopics(wanted).values().values()) {
            await(made);
        }
    }

    private NewTopic topic(Topic topic) {
        Map<String, String> configuration = topic.compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
        return topic(topic.topicName(), topic.partitions(this.settings.partitions()), configuration);
    }

    private NewTopic topic(String name, int partitions, Map<String, String> configuration) {
        return new NewTopic(name, partitions, this.settings.replication()).configs(configuration);
    }

    private static void await(KafkaFuture<Void> made) {
        try {
            made.get(BOUND, TimeUnit.SECONDS);
        }
        catch (ExecutionException ex) {
            if (!(ex.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topics cannot be made", ex);
            }
        }
        catch (TimeoutException ex) {
            throw new IllegalStateException("Kafka does not answer", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the service ends", ex);
        }
    }

}
