package pregao.gateway.key;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.key.KeyCodec;

/**
 * Handler that applies the records of the key topic to the {@link ApiKeyRegistry}.
 */
final class ApiKeyRecordHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyRecordHandler.class);

    private final ApiKeyRegistry registry;

    ApiKeyRecordHandler(ApiKeyRegistry registry) {
        this.registry = registry;
    }

    /**
     * Applies a record. An unreadable record removes its key, because the key may have
     * been revoked.
     * @param record the record
     */
    void handle(ConsumerRecord<String, byte[]> record) {
        String hash = record.key();
        byte[] value = record.value();
        if (hash == null) {
            log.warn("a record without a hash in {} at offset {} is ignored", record.topic(), record.offset());
        }
        else if (value == null) {
            this.registry.remove(hash);
        }
        else {
            handle(hash, value, record.offset());
        }
    }

    private void handle(String hash, byte[] value, long offset) {
        try {
            this.registry.put(KeyCodec.decode(value));
        }
        catch (IllegalArgumentException ex) {
            this.registry.remove(hash);
            log.warn("the key at offset {} cannot be read and is not known any more: {}", offset, ex.getMessage());
        }
    }

}
