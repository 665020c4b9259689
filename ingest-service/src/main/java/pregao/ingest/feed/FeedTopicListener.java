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
 * The topic {@code feed}, from which {@link FeedRegistry} is filled.
 */
@Component
class FeedTopicListener implements CompactedTopicHandler {

    private final FeedProperties settings;

    private final FeedRegistry table;

    FeedTopicListener(FeedProperties settings, FeedRegistry table) {
        this.settings = settings;
        this.table = table;
    }

    @Override
    public Topic topic() {
        return Topic.FEED;
    }

    @Override
    public List<OutboundRecord> ownRecords() {
        return this.settings.feeds()
            .stream()
            .map(FeedProperties.Entry::toFeed)
            .map(FeedTopicListener::message)
            .toList();
    }

    private static OutboundRecord message(Feed feed) {
        return new OutboundRecord(Topic.FEED, feed.name(), FeedCodec.encode(feed));
    }

    @Override
    public void accept(String name, byte @Nullable [] value) {
        if (value == null) {
            this.table.put(name, null, null);
        }
        else {
            this.table.put(name, FeedCodec.decode(value), FeedCodec.owner(value).orElse(null));
        }
    }

    @Override
    public void current() {
        // No request comes to a feed before its key is known to be complete, too.
    }

}
