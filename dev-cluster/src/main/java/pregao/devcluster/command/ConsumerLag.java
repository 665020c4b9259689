package pregao.devcluster.command;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records consumer groups have not read yet.
 */
final class ConsumerLag {

    private static final int TIMEOUT_SECONDS = 5;

    private ConsumerLag() {
    }

    /**
     * The lag of every group.
     * @param kafka {@code host:port}
     * @return records by {@code group topic}; empty where Kafka does not answer
     */
    static Map<String, Long> of(String kafka) {
        if (kafka.isEmpty()) {
            return Map.of(); // not started yet
        }
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5000);
        try (Admin admin = Admin.create(settings)) {
            return of(admin);
        }
        catch (ExecutionException | TimeoutException ex) {
            return Map.of();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private static Map<String, Long> of(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = admin
            .listConsumerGroupOffsets(admin.listGroups()
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .stream()
                .collect(Collectors.toMap((group) -> group.groupId(), (group) -> new ListConsumerGroupOffsetsSpec())))
            .all()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        groups.values()
            .forEach((offsets) -> offsets.keySet()
                .forEach((topicPartition) -> wanted.put(topicPartition, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(wanted)
            .all()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<String, Long> lag = new TreeMap<>();
        groups.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            ListOffsetsResultInfo end = ends.get(partition);
            if (offset != null && end != null) {
                lag.merge(group + " " + partition.topic(), Math.max(0, end.offset() - offset.offset()), Long::sum);
            }
        }));
        return lag;
    }

}
