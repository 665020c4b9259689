package pregao.system;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.system.driver.Await;

/**
 * How far services have read, by what they have stored of it.
 */
final class ConsumerProgress {

    private ConsumerProgress() {
    }

    /** Waits until strategy-service has done all that is on a topic now. */
    static void awaitDecided(SystemUnderTest system, Topic topic) {
        Map<String, Long> ends = ends(system.stack().kafka(), topic);
        Await.see("strategy-service to have read the topic " + topic.topicName(), () -> behind(system, ends),
                (records) -> records == 0);
    }

    private static long behind(SystemUnderTest system, Map<String, Long> ends) {
        Map<String, Long> stored = system.sql("select key || ' ' || value from strategy.loop_state")
            .stream()
            .map((row) -> row.split(" ", 2))
            .collect(Collectors.toMap((row) -> row[0], (row) -> Long.valueOf(row[1])));
        return ends.entrySet()
            .stream()
            .mapToLong((end) -> Math.max(0, end.getValue() - stored.getOrDefault(end.getKey(), 0L)))
            .sum();
    }

    private static Map<String, Long> ends(String kafka, Topic topic) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            int partitions = Objects
                .requireNonNull(
                        admin.describeTopics(List.of(topic.topicName())).allTopicNames().get().get(topic.topicName()))
                .partitions()
                .size();
            Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, partitions)
                .mapToObj((number) -> new TopicPartition(topic.topicName(), number))
                .collect(Collectors.toMap(Function.identity(), (partition) -> OffsetSpec.latest()));
            Map<String, Long> ends = new TreeMap<>();
            admin.listOffsets(wanted)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.topic() + '/' + partition.partition(), end.offset()));
            return ends;
        }
        catch (ExecutionException ex) {
            throw new AssertionError("Kafka does not say where its topics end", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

}
