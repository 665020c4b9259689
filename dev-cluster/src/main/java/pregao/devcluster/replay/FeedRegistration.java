package pregao.devcluster.replay;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedCodec;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;

/**
 * Makes a feed and its key known to the services, on the topics where they learn of all
 * others.
 */
public final class FeedRegistration {

    private static final int SECONDS = 30;

    private final String kafka;

    /**
     * Announcements to one system.
     * @param kafka where its Kafka is, {@code host:port}
     */
    public FeedRegistration(String kafka) {
        this.kafka = kafka;
    }

    /**
     * Publishes the settings and the hash, and waits until both are stored.
     * @param feed the settings
     * @param key the key itself, of which only the hash leaves
     * @param owner whose it is
     * @throws InterruptedException where the thread is to stop
     */
    public void publish(Feed feed, String key, String owner) throws InterruptedException {
        String hash = ApiKey.hash(key);
        ApiKey hashed = new ApiKey(hash, owner, feed.name(), Set.of(Scope.INGEST, Scope.READ), false);
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka,
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.MAX_BLOCK_MS_CONFIG, SECONDS * 1000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SECONDS * 1000, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                SECONDS * 500, ProducerConfig.CLIENT_ID_CONFIG, "pregao-replay");
        try (Producer<String, byte[]> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new ByteArraySerializer())) {
            stored(producer, new ProducerRecord<>(Topic.FEED.topicName(), feed.name(), FeedCodec.encode(feed)));
            stored(producer, new ProducerRecord<>(Topic.KEY.topicName(), hash, KeyCodec.encode(hashed)));
        }
    }

    private void stored(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> settings)
            throws InterruptedException {
        try {
            producer.send(settings).get(SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IllegalStateException(
                    "Kafka at %s did not take the settings of the feed: %s".formatted(this.kafka, ex.getMessage()), ex);
        }
    }

}
