package pregao.ingest.feed;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedCodec;
import pregao.ingest.kafka.CompactedTopicHandler;
import pregao.ingest.kafka.OutboundRecord;

/**
 * Handler of the topic {@code feed} that fills {@link FeedRegistry}.
 */
@Component
class FeedTopicListener implements CompactedTopicHandler {

    private final FeedProperties properties;

    private final FeedRegistry registry;

    FeedTopicListener(FeedProperties properties, FeedRegistry registry) {
        this.properties = properties;
        this.registry = registry;
    }

    @Override
    public Topic topic() {
        return Topic.FEED;
    }

    @Override
    public List<OutboundRecord> initialRecords() {
        return this.properties.feeds()
            .stream()
            .map(FeedProperties.Entry::toFeed)
            .map(FeedTopicListener::toRecord)
            .toList();
    }

    private static OutboundRecord toRecord(Feed feed) {
        return new OutboundRecord(Topic.FEED, feed.name(), FeedCodec.encode(feed));
    }

    @Override
    public void onRecord(String name, byte @Nullable [] value) {
        if (value == null) {
            this.registry.put(name, null, null);
        }
        else {
            this.registry.put(name, FeedCodec.decode(value), FeedCodec.owner(value).orElse(null));
        }
    }

    @Override
    public void onCaughtUp() {
        // ApiKeyTopicListener marks keys and feeds as loaded; until then all requests get
        // 503.
    }

}
