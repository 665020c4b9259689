package pregao.system;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

import pregao.contracts.Topic;
import pregao.contracts.TopicDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The topics of a started system are those of the table, with its settings.
 */
@SystemTest
class TopicSystemTests {

    private static final int PARTITIONS = 4;

    @Test
    void haveTheSettingsOfTheTable(SystemUnderTest system)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicDefinition> expected = Arrays.stream(Topic.values())
            .flatMap((topic) -> Stream.of(topic.definition(PARTITIONS, 1), topic.deadLetterDefinition(PARTITIONS, 1)))
            .collect(Collectors.toSet());
        assertThat(topics(system.stack().kafka())).isEqualTo(expected);
    }

    private static Set<TopicDefinition> topics(String kafka)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            Map<String, TopicDescription> topics = admin
                .describeTopics(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                .allTopicNames()
                .get(30, TimeUnit.SECONDS);
            Map<ConfigResource, Config> settings = admin
                .describeConfigs(topics.keySet().stream().map(TopicSystemTests::resource).toList())
                .all()
                .get(30, TimeUnit.SECONDS);
            Set<TopicDefinition> found = new HashSet<>();
            topics.forEach((name, topic) -> found
                .add(definition(topic, Objects.requireNonNull(settings.get(resource(name))))));
            return found;
        }
    }

    private static TopicDefinition definition(TopicDescription topic, Config settings) {
        Map<String, String> own = Stream
            .of(TopicDefinition.CLEANUP_POLICY, TopicDefinition.RETENTION, TopicDefinition.MIN_INSYNC_REPLICAS)
            .map((key) -> Objects.requireNonNull(settings.get(key)))
            .filter((entry) -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        List<Integer> replicas = topic.partitions()
            .stream()
            .map((partition) -> partition.replicas().size())
            .distinct()
            .toList();
        assertThat(replicas).as(topic.name()).hasSize(1);
        return new TopicDefinition(topic.name(), topic.partitions().size(), replicas.getFirst(), own);
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

}
