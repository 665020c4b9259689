package pregao.ingest.key;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.ingest.kafka.CompactedTopicHandler;
import pregao.ingest.kafka.OutboundRecord;

/**
 * Handler of the topic {@code key} that fills {@link ApiKeyRegistry}.
 */
@Component
class ApiKeyTopicListener implements CompactedTopicHandler {

    private final ApiKeyProperties properties;

    private final ApiKeyRegistry registry;

    ApiKeyTopicListener(ApiKeyProperties properties, ApiKeyRegistry registry) {
        this.properties = properties;
        this.registry = registry;
    }

    @Override
    public Topic topic() {
        return Topic.KEY;
    }

    @Override
    public List<OutboundRecord> initialRecords() {
        return this.properties.keys()
            .stream()
            .map(ApiKeyProperties.Entry::toApiKey)
            .map(ApiKeyTopicListener::toRecord)
            .toList();
    }

    private static OutboundRecord toRecord(ApiKey key) {
        return new OutboundRecord(Topic.KEY, key.hash(), KeyCodec.encode(key));
    }

    @Override
    public void onRecord(String hash, byte @Nullable [] value) {
        this.registry.put(hash, (value != null) ? KeyCodec.decode(value) : null);
    }

    @Override
    public void onCaughtUp() {
        this.registry.markLoaded();
    }

}
