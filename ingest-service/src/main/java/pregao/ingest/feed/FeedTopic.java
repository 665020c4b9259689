package pregao.ingest.feed;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedCodec;
import pregao.ingest.topic.FollowedTopic;
import pregao.ingest.topic.Message;

/**
 * The topic {@code feed}, from which {@link FeedTable} is filled.
 */
@Component
class FeedTopic implements FollowedTopic {

    private final FeedSettings settings;

    private final FeedTable table;

    FeedTopic(FeedSettings settings, FeedTable table) {
        this.settings = settings;
        this.table = table;
    }

    @Override
    public Topic topic() {
        return Topic.FEED;
    }

    @Override
    public List<Message> ownRecords() {
        return this.settings.feeds().stream().map(FeedSettings.Entry::toFeed).map(FeedTopic::message).toList();
    }

    private static Message message(Feed feed) {
        return new Message(Topic.FEED, feed.name(), FeedCodec.encode(feed));
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
