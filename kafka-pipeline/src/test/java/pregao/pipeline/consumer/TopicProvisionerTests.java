package pregao.pipeline.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pregao.contracts.Topic;
import pregao.contracts.TopicDefinition;
import pregao.devcluster.kafka.LocalKafka;
import pregao.testsupport.TestResources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TopicProvisionerTests {

    private static final TopicProperties PROPERTIES = new TopicProperties(2, 1);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static LocalKafka kafka;

    private static Admin admin;

    @BeforeAll
    static void startKafka() {
        kafka = TestResources.close(LocalKafka.start(TestResources.folder("loop-kafka"), 0));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void closeClient() {
        admin.close();
    }

    @AfterEach
    void removeTopics() throws Exception {
        admin.deleteTopics(listTopicNames()).all().get(30, TimeUnit.SECONDS);
    }

    @Test
    void givesEveryTopicTheSettingsOfTheTable() throws Exception {
        provisionAll(PROPERTIES);
        Set<TopicDefinition> expected = Arrays.stream(Topic.values())
            .flatMap((topic) -> List.of(topic.definition(2, 1), topic.deadLetterDefinition(2, 1)).stream())
            .collect(Collectors.toSet());
        // The broker creates topics a moment before it lists them.
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(describeTopics()).isEqualTo(expected));
    }

    @Test
    void correctsTopicsThatExist() throws Exception {
        admin
            .createTopics(List.of(new NewTopic("tick", 2, (short) 1).configs(Map.of("retention.ms", "1000")),
                    new NewTopic("feed", 1, (short) 1), new NewTopic("feed.dlt", 1, (short) 1),
                    new NewTopic("candle", 2, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact", "min.insync.replicas", "2"))))
            .all()
            .get(30, TimeUnit.SECONDS);
        setSegmentBytes("tick");
        provisionAll(PROPERTIES);
        await().atMost(TIMEOUT)
            .untilAsserted(() -> assertThat(describeTopics()).contains(Topic.TICK.definition(2, 1),
                    Topic.FEED.definition(2, 1), Topic.FEED.deadLetterDefinition(2, 1), Topic.CANDLE.definition(2, 1)));
        assertThat(configuration("tick").get("segment.bytes").value()).isEqualTo("7340032");
    }

    @Test
    void asksForNoMoreCopiesInSyncThanAnExistingTopicHas() throws Exception {
        provisionAll(PROPERTIES);
        provisionAll(new TopicProperties(2, 3));
        await().atMost(TIMEOUT)
            .untilAsserted(() -> assertThat(configuration("tick").get("min.insync.replicas").value()).isEqualTo("1"));
    }

    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        provisionAll(PROPERTIES);
        assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> provisionAll(new TopicProperties(4, 1)))
            .withMessageContaining("tick")
            .withMessageContaining("2 partitions")
            .withMessageContaining("PREGAO_PARTITIONS");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(describeTopics()).contains(Topic.TICK.definition(2, 1)));
    }

    private static void provisionAll(TopicProperties properties) {
        for (Topic.Service service : Topic.Service.values()) {
            new TopicProvisioner(admin, properties).provision(service, List.of());
        }
    }

    private static void setSegmentBytes(String topic) throws Exception {
        Collection<AlterConfigOp> operations = List
            .of(new AlterConfigOp(new ConfigEntry("segment.bytes", "7340032"), AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(resource(topic), operations)).all().get(30, TimeUnit.SECONDS);
    }

    private static Set<String> listTopicNames() throws Exception {
        return admin.listTopics().names().get(30, TimeUnit.SECONDS);
    }

    /**
     * Returns the definitions of the existing topics, with the settings that the table
     * defines.
     */
    private static List<TopicDefinition> readDefinitions() throws Exception {
        List<TopicDefinition> definitions = new ArrayList<>();
        for (TopicDescription topic : admin.describeTopics(listTopicNames())
            .allTopicNames()
            .get(30, TimeUnit.SECONDS)
            .values()) {
            Map<String, String> settings = new HashMap<>();
            Config config = configuration(topic.name());
            for (String key : List.of("cleanup.policy", "retention.ms", "min.insync.replicas")) {
                ConfigEntry entry = config.get(key);
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                    settings.put(key, entry.value());
                }
            }
            definitions.add(new TopicDefinition(topic.name(), topic.partitions().size(),
                    topic.partitions().getFirst().replicas().size(), settings));
        }
        return definitions;
    }

    private static Set<TopicDefinition> describeTopics() throws Exception {
        return Set.copyOf(readDefinitions());
    }

    private static Config configuration(String topic) throws InterruptedException, ExecutionException {
        return Objects.requireNonNull(admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic)));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

}
