package pregao.gateway.key;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.gateway.RunningGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ApiKeyRecordHandler}.
 */
class ApiKeyRecordHandlerTests {

    private static final ApiKey KEY = RunningGateway.key("k", false, Scope.READ);

    private final ApiKeyRegistry keys = new ApiKeyRegistry();

    private final ApiKeyRecordHandler records = new ApiKeyRecordHandler(this.keys);

    @Test
    void knowsAKeyFromItsRecordOn() {
        take(KeyCodec.encode(KEY));
        assertThat(this.keys.find("k")).contains(KEY);
        assertThat(this.keys.find("K")).isEmpty();
    }

    @Test
    void knowsItNoMoreOnceRevoked() {
        take(KeyCodec.encode(KEY));
        take(KeyCodec.encode(RunningGateway.key("k", true, Scope.READ)));
        assertThat(this.keys.find("k")).isEmpty();
    }

    @Test
    void knowsItNoMoreOnceDeleted() {
        take(KeyCodec.encode(KEY));
        take(null);
        assertThat(this.keys.find("k")).isEmpty();
    }

    @Test
    void knowsItNoMoreWhereItsNewestStateCannotBeRead() {
        take(KeyCodec.encode(KEY));
        take(new byte[] { 1, 2, 3 });
        assertThat(this.keys.find("k")).isEmpty();
    }

    @Test
    void ignoresARecordWithoutAHash() {
        take(KeyCodec.encode(KEY));
        this.records.handle(entry(null, new byte[0]));
        assertThat(this.keys.find("k")).contains(KEY);
    }

    private void take(byte @Nullable [] value) {
        this.records.handle(entry(KEY.hash(), value));
    }

    @SuppressWarnings("NullAway") // Kafka's types do not declare that both may be null
    private static ConsumerRecord<String, byte[]> entry(@Nullable String hash, byte @Nullable [] value) {
        return new ConsumerRecord<>("key", 0, 7, hash, value);
    }

}
