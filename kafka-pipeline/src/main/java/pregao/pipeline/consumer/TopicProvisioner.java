package pregao.pipeline.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Topic;
import pregao.contracts.TopicDefinition;

/**
 * Creates the topics that a service writes, with the settings of the table in
 * {@link Topic}, and corrects the settings of existing topics. Every writer uses this
 * class, so a topic has the same settings whichever service starts first.
 */
public final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

    private static final long TIMEOUT_SECONDS = 30;

    private static final int MAX_ATTEMPTS = 50;

    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    private final Admin admin;

    private final TopicProperties properties;

    /**
     * Creates a provisioner, which does nothing yet.
     * @param admin an admin client, which the caller closes
     * @param properties how topics are created
     */
    public TopicProvisioner(Admin admin, TopicProperties properties) {
        this.admin = admin;
        this.properties = properties;
    }

    /**
     * Creates missing topics and corrects the settings of existing ones: the topics that
     * the service writes, and the dead-letter topics of all topics that it writes or
     * reads.
     * @param service the service
     * @param topicsRead the topics that the service reads
     * @throws KafkaException if the broker does not respond, or if a topic has another
     * number of partitions than the installation
     */
    public void provision(Topic.Service service, Collection<Topic> topicsRead) {
        Map<String, TopicDefinition> existing = new LinkedHashMap<>();
        List<TopicDefinition> definitions = createDefinitions(service, topicsRead);
        Map<String, KafkaFuture<Void>> created = this.admin
            .createTopics(definitions.stream().map(TopicProvisioner::toNewTopic).toList())
            .values();
        for (TopicDefinition definition : definitions) {
            try {
                await(Objects.requireNonNull(created.get(definition.name())));
            }
            catch (KafkaException ex) {
                if (!(ex.getCause() instanceof TopicExistsException)) {
                    throw ex;
                }
                existing.put(definition.name(), definition);
            }
        }
        if (!existing.isEmpty()) {
            correctWithRetry(existing);
        }
    }

    /**
     * Finds topics that nothing was ever written to.
     * @param topics existing topics
     * @return the topics whose end offsets are all 0
     * @throws KafkaException if the broker does not respond
     */
    public Set<Topic> findEmptyTopics(Collection<Topic> topics) {
        Set<Topic> emptyTopics = EnumSet.noneOf(Topic.class);
        for (Topic topic : topics) {
            TopicDescription description = Objects
                .requireNonNull(await(this.admin.describeTopics(List.of(topic.topicName())).allTopicNames())
                    .get(topic.topicName()));
            Map<TopicPartition, OffsetSpec> offsetSpecs = new HashMap<>();
            description.partitions()
                .forEach((topicPartitionInfo) -> offsetSpecs
                    .put(new TopicPartition(topic.topicName(), topicPartitionInfo.partition()), OffsetSpec.latest()));
            if (await(this.admin.listOffsets(offsetSpecs).all()).values()
                .stream()
                .allMatch((endOffset) -> endOffset.offset() == 0)) {
                emptyTopics.add(topic);
            }
        }
        return emptyTopics;
    }

    /**
     * Corrects settings with retries: a topic that another service has just created may
     * still be unknown to the broker that responds.
     */
    private void correctWithRetry(Map<String, TopicDefinition> existing) {
        for (int attempt = 1;; attempt++) {
            try {
                correctConfigs(existing);
                return;
            }
            catch (KafkaException ex) {
                if (attempt == MAX_ATTEMPTS || !(ex.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw ex;
                }
                pause();
            }
        }
    }

    private List<TopicDefinition> createDefinitions(Topic.Service service, Collection<Topic> topicsRead) {
        List<TopicDefinition> definitions = new ArrayList<>();
        Set<Topic> topicsWithDeadLetters = EnumSet.noneOf(Topic.class);
        topicsWithDeadLetters.addAll(topicsRead);
        for (Topic topic : Topic.writtenBy(service)) {
            definitions.add(topic.definition(this.properties.partitions(), this.properties.replication()));
            topicsWithDeadLetters.add(topic);
        }
        topicsWithDeadLetters.forEach((topic) -> definitions
            .add(topic.deadLetterDefinition(this.properties.partitions(), this.properties.replication())));
        return definitions;
    }

    private static NewTopic toNewTopic(TopicDefinition definition) {
        return new NewTopic(definition.name(), definition.partitions(), (short) definition.replication())
            .configs(definition.configuration());
    }

    private void correctConfigs(Map<String, TopicDefinition> existing) {
        Map<String, TopicDescription> descriptions = await(
                this.admin.describeTopics(existing.keySet()).allTopicNames());
        Map<ConfigResource, Config> configurations = await(
                this.admin.describeConfigs(existing.keySet().stream().map(TopicProvisioner::toConfigResource).toList())
                    .all());
        Map<ConfigResource, Collection<AlterConfigOp>> corrections = new HashMap<>();
        existing.forEach((name, definition) -> {
            TopicDescription description = Objects.requireNonNull(descriptions.get(name));
            checkPartitionCount(definition, description.partitions().size());
            int replication = description.partitions().getFirst().replicas().size();
            if (replication != definition.replication()) {
                log.warn("topic {} has {} replicas, not {}; only a reassignment of its partitions changes that", name,
                        replication, definition.replication());
            }
            List<AlterConfigOp> operations = computeCorrections(definition.configurationFor(replication),
                    Objects.requireNonNull(configurations.get(toConfigResource(name))));
            if (!operations.isEmpty()) {
                corrections.put(toConfigResource(name), operations);
            }
        });
        if (!corrections.isEmpty()) {
            await(this.admin.incrementalAlterConfigs(corrections).all());
            corrections.forEach((topic, operations) -> log.info("Topic {} now has the settings {}", topic.name(),
                    operations.stream().map(AlterConfigOp::configEntry).map(TopicProvisioner::format).toList()));
        }
    }

    private static void checkPartitionCount(TopicDefinition definition, int actual) {
        if (actual != definition.partitions()) {
            throw new KafkaException(
                    "topic %s has %d partitions, but this installation has %d: set PREGAO_PARTITIONS to the number of the installation"
                        .formatted(definition.name(), actual, definition.partitions()));
        }
    }

    private static List<AlterConfigOp> computeCorrections(Map<String, String> expected, Config actual) {
        List<AlterConfigOp> operations = new ArrayList<>();
        expected.forEach((key, value) -> {
            ConfigEntry entry = actual.get(key);
            // A broker default may change, so the setting is made on the topic itself.
            if (entry == null || entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
                    || !value.equals(entry.value())) {
                operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
            }
        });
        return operations;
    }

    private static String format(ConfigEntry entry) {
        return entry.name() + "=" + entry.value();
    }

    private static ConfigResource toConfigResource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /**
     * Returns the number of partitions that all the topics have.
     * @param topics the topics that a service reads
     * @return the number of partitions, equal for all
     * @throws KafkaException if a topic does not exist yet, or if the numbers differ
     */
    public int getPartitionCount(List<Topic> topics) {
        Map<String, TopicDescription> descriptions = await(
                this.admin.describeTopics(topics.stream().map(Topic::topicName).toList()).allTopicNames());
        int partitionCount = countPartitions(descriptions, topics.getFirst());
        for (Topic topic : topics) {
            if (countPartitions(descriptions, topic) != partitionCount) {
                throw new KafkaException("topic %s has %d partitions and %s %d: they must have the same number"
                    .formatted(topics.getFirst().topicName(), partitionCount, topic.topicName(),
                            countPartitions(descriptions, topic)));
            }
        }
        return partitionCount;
    }

    private static int countPartitions(Map<String, TopicDescription> descriptions, Topic topic) {
        TopicDescription description = descriptions.get(topic.topicName());
        if (description == null) {
            throw new KafkaException("topic %s does not exist yet".formatted(topic.topicName()));
        }
        return description.partitions().size();
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_DELAY);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException(ex);
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
