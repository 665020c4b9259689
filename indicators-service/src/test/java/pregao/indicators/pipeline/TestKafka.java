package pregao.indicators.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import pregao.contracts.Topic;
import pregao.devcluster.kafka.LocalKafka;
import pregao.testsupport.TestResources;

/**
 * One broker for all tests of a JVM. Each test uses feeds with names of its own.
 */
public final class TestKafka {

    public static final int PARTITIONS = 2;

    private static final LocalKafka KAFKA = started();

    private TestKafka() {
    }

    public static String servers() {
        return KAFKA.bootstrapServers();
    }

    private static LocalKafka started() {
        try {
            LocalKafka kafka = TestResources.close(LocalKafka.start(TestResources.folder("indicators-kafka"), 0));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(topic(Topic.CANDLE.topicName()), topic(Topic.INDICATOR.topicName()),
                        topic(Topic.CANDLE.deadLetterTopic())))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            }
            return kafka;
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IllegalStateException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, PARTITIONS, (short) 1);
    }

}
