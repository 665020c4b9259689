package pregao.contracts.feed;

import java.time.Duration;
import java.util.Optional;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.PriceBasis;

/**
 * {@link Feed} to the bytes of the topic {@code feed} and back.
 */
public final class FeedCodec {

    private FeedCodec() {
    }

    /**
     * Encodes settings.
     * @param feed the settings
     * @return a {@link FeedMessage}
     */
    public static byte[] encode(Feed feed) {
        return encode(feed, "");
    }

    /**
     * Encodes settings and whose they are.
     * @param feed the settings
     * @param owner the id of a person, or an empty text where the feed has no owner
     * @return a {@link FeedMessage}
     */
    public static byte[] encode(Feed feed, String owner) {
        return FeedMessage.newBuilder()
            .setName(feed.name())
            .setPriceBasis(feed.basis().message())
            .setClock(feed.clock().text())
            .setCloseAfterMillis(feed.closeAfter().toMillis())
            .setCalendar(feed.calendar().message())
            .setEventTime(feed.eventTime())
            .setDayZone(feed.dayZone().isUtc() ? "" : feed.dayZone().text())
            .setOwner(owner)
            .build()
            .toByteArray();
    }

    /**
     * Decodes settings.
     * @param bytes a {@link FeedMessage}
     * @return the settings
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static Feed decode(byte[] bytes) {
        FeedMessage message = parse(bytes);
        return new Feed(message.getName(), PriceBasis.of(message.getPriceBasis()), FeedClock.parse(message.getClock()),
                dayZone(message), Duration.ofMillis(message.getCloseAfterMillis()),
                TradingCalendar.of(message.getCalendar()), message.getEventTime());
    }

    /**
     * Reads whose a feed is.
     * @param bytes a {@link FeedMessage}
     * @return the id of a person, or nothing if the feed is nobody's
     * @throws IllegalArgumentException where the bytes are no such message
     */
    public static Optional<String> owner(byte[] bytes) {
        return Optional.of(parse(bytes).getOwner()).filter((owner) -> !owner.isEmpty());
    }

    private static FeedMessage parse(byte[] bytes) {
        try {
            return FeedMessage.parseFrom(bytes);
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a feed message: " + ex.getMessage(), ex);
        }
    }

    private static FeedClock dayZone(FeedMessage message) {
        return message.getDayZone().isEmpty() ? FeedClock.UTC : FeedClock.parse(message.getDayZone());
    }

}
