package pregao.contracts.feed;

import java.time.Duration;

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
        return FeedMessage.newBuilder()
            .setName(feed.name())
            .setPriceBasis(feed.basis().message())
            .setClock(feed.clock().text())
            .setCloseAfterMillis(feed.closeAfter().toMillis())
            .setCalendar(feed.calendar().message())
            .setEventTime(feed.eventTime())
            .setDayZone(feed.dayZone().isUtc() ? "" : feed.dayZone().text())
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
        try {
            FeedMessage message = FeedMessage.parseFrom(bytes);
            return new Feed(message.getName(), PriceBasis.of(message.getPriceBasis()),
                    FeedClock.parse(message.getClock()), dayZone(message),
                    Duration.ofMillis(message.getCloseAfterMillis()), Calendar.of(message.getCalendar()),
                    message.getEventTime());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a feed message: " + ex.getMessage(), ex);
        }
    }

    private static FeedClock dayZone(FeedMessage message) {
        return message.getDayZone().isEmpty() ? FeedClock.UTC : FeedClock.parse(message.getDayZone());
    }

}
