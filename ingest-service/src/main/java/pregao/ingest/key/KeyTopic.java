package pregao.ingest.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import pregao.contracts.Topic;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.ingest.topic.FollowedTopic;
import pregao.ingest.topic.Message;

/**
 * The topic {@code key}, from which {@link KeyTable} is filled.
 */
@Component
class KeyTopic implements FollowedTopic {

    private final KeySettings settings;

    private final KeyTable table;

    KeyTopic(KeySettings settings, KeyTable table) {
        this.settings = settings;
        this.table = table;
    }

    @Override
    public Topic topic() {
        return Topic.KEY;
    }

    @Override
    public List<Message> ownRecords() {
        return this.settings.keys().stream().map(KeySettings.Entry::toKey).map(KeyTopic::message).toList();
    }

    private static Message message(ApiKey key) {
        return new Message(Topic.KEY, key.hash(), KeyCodec.encode(key));
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
