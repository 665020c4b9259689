package pregao.benchmark.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import pregao.contracts.Topic;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.redis.LocalRedis;

/**
 * What a gateway needs around it to work in earnest: Kafka with one API key, and Redis.
 */
public final class GatewayEnvironment {

    private static final String KEY = "door";

    private GatewayEnvironment() {
    }

    /**
     * Starts both, says where they are, and stops them when there is nothing more to
     * read.
     * @param args a folder for what they keep
     */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path folder = Path.of(args[0]);
        try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0);
                LocalRedis redis = LocalRedis.start(folder.resolve("redis"), 0)) {
            publish(kafka.bootstrapServers());
            System.out.printf("around: %s %s %s%n", kafka.bootstrapServers(), redis.url(), KEY);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void publish(String servers) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        ApiKey key = new ApiKey(ApiKey.hash(KEY), UUID.randomUUID().toString(), "mt5", Set.of(Scope.READ), false);
        try (Admin admin = Admin.create(settings);
                Producer<String, byte[]> producer = new KafkaProducer<>(settings, new StringSerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(Topic.KEY.topicName(), 1, (short) 1),
                    new NewTopic(Topic.LOGIN.topicName(), 1, (short) 1)))
                .all()
                .get();
            producer.send(new ProducerRecord<>(Topic.KEY.topicName(), key.hash(), KeyCodec.encode(key))).get();
        }
    }

}
