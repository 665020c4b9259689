package pregao.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

import pregao.contracts.Topic;

/**
 * Makes the topics we write and looks at those we read.
 */
final class Topics {

    private static final long BOUND_SECONDS = 30;

    private static final int SAFE_REPLICATION = 3;

    private final Admin admin;

    private final TopicSettings settings;

    Topics(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Makes what is missing of the topics a service writes, and of those for dead
     * letters.
     */
    void create(Topic.Service service, List<Topic> reads) {
        List<NewTopic> topics = new ArrayList<>();
        Set<Topic> lettered = EnumSet.copyOf(reads);
        for (Topic topic : Topic.writtenBy(service)) {
            topics.add(topic(topic.topicName(), topic, topic.retention()));
            lettered.add(topic);
        }
        lettered.forEach((topic) -> topics.add(topic(topic.deadLetters(), topic, Topic.LEDGER_RETENTION)));
        this.admin.createTopics(topics).values().forEach((name, created) -> {
            try {
                await(created);
            }
            catch (KafkaException ex) {
                if (!(ex.getCause() instanceof TopicExistsException)) {
                    throw ex;
                }
            }
        });
    }

    private NewTopic topic(String name, Topic like, Duration retention) {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        if (this.settings.replication() >= SAFE_REPLICATION) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(name, like.partitions(this.settings.partitions()), (short) this.settings.replication())
            .configs(config);
    }

    /**
     * How many partitions the topics have that we read.
     * @return the same number for all
     * @throws KafkaException where one is not there yet, or they differ
     */
    int partitions(List<Topic> reads) {
        Map<String, TopicDescription> found = await(
                this.admin.describeTopics(reads.stream().map(Topic::topicName).toList()).allTopicNames());
        int partitions = count(found, reads.getFirst());
        for (Topic other : reads) {
            if (count(found, other) != partitions) {
                throw new KafkaException("topic %s has %d partitions and %s %d: they must have the same number"
                    .formatted(reads.getFirst().topicName(), partitions, other.topicName(), count(found, other)));
            }
        }
        return partitions;
    }

    private static int count(Map<String, TopicDescription> found, Topic topic) {
        TopicDescription description = found.get(topic.topicName());
        if (description == null) {
            throw new KafkaException("topic %s is not there yet".formatted(topic.topicName()));
        }
        return description.partitions().size();
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(BOUND_SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException ex) {
            throw new KafkaException(ex.getCause());
        }
        catch (TimeoutException ex) {
            throw new KafkaException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException(ex);
        }
    }

}
