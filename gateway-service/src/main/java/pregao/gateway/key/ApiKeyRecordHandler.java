package pregao.gateway.key;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.key.KeyCodec;

/**
 * From the records of the topic to {@link ApiKeyRegistry}.
 */
final class ApiKeyRecordHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyRecordHandler.class);

    private final ApiKeyRegistry keys;

    ApiKeyRecordHandler(ApiKeyRegistry keys) {
        this.keys = keys;
    }

    /**
     * Takes one record; one that cannot be read takes its key away, because a key whose
     * newest state is not known may have been revoked.
     * @param entry from the topic
     */
    void take(ConsumerRecord<String, byte[]> entry) {
        String hash = entry.key();
        byte[] value = entry.value();
        if (hash == null) {
            log.warn("a record without a hash in {} at offset {} is ignored", entry.topic(), entry.offset());
        }
        else if (value == null) {
            this.keys.remove(hash);
        }
        else {
            take(hash, value, entry.offset());
        }
    }

    private void take(String hash, byte[] value, long offset) {
        try {
            this.keys.put(KeyCodec.decode(value));
        }
        catch (IllegalArgumentException ex) {
            this.keys.remove(hash);
            log.warn("the key at offset {} cannot be read and is not known any more: {}", offset, ex.getMessage());
        }
    }

}
