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
 * The topic {@code key}, from which {@link ApiKeyRegistry} is filled.
 */
@Component
class ApiKeyTopicListener implements CompactedTopicHandler {

    private final ApiKeyProperties settings;

    private final ApiKeyRegistry table;

    ApiKeyTopicListener(ApiKeyProperties settings, ApiKeyRegistry table) {
        this.settings = settings;
        this.table = table;
    }

    @Override
    public Topic topic() {
        return Topic.KEY;
    }

    @Override
    public List<OutboundRecord> ownRecords() {
        return this.settings.keys()
            .stream()
            .map(ApiKeyProperties.Entry::toKey)
            .map(ApiKeyTopicListener::message)
            .toList();
    }

    private static OutboundRecord message(ApiKey key) {
        return new OutboundRecord(Topic.KEY, key.hash(), KeyCodec.encode(key));
    }

    @Override
    public void accept(String hash, byte @Nullable [] value) {
        this.table.put(hash, (value != null) ? KeyCodec.decode(value) : null);
    }

    @Override
    public void current() {
        this.table.completed();
    }

}
