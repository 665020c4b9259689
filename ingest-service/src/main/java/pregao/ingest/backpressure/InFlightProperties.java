package pregao.ingest.backpressure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of one request and of what is under way.
 *
 * @param requests how many requests at once; the next is answered 429
 * @param bytes how many bytes of bodies at once; the next is answered 429. Without a
 * value: an eighth of the heap, which leaves room for what is made of the bodies
 * @param candleItems the most candles of a request
 * @param candleBody the largest body of candles, also inflated
 * @param tickItems the most ticks of a request
 * @param tickBody the largest body of ticks, also inflated
 * @param readTime how long a body may take to arrive
 * @param slowRate a body that arrives slower than this in each second is cut off where
 * slots or bytes are scarce
 */
@ConfigurationProperties("pregao.ingest.limit")
public record InFlightProperties(@DefaultValue("256") int requests, @Nullable DataSize bytes,
        @DefaultValue("5000") int candleItems, @DefaultValue("4MB") DataSize candleBody,
        @DefaultValue("10000") int tickItems, @DefaultValue("8MB") DataSize tickBody,
        @DefaultValue("10s") Duration readTime, @DefaultValue("16KB") DataSize slowRate) {

    private static final int SHARE_OF_HEAP = 8;

    public InFlightProperties {
        DataSize largest = (candleBody.compareTo(tickBody) > 0) ? candleBody : tickBody;
        if (bytes == null) {
            long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
            bytes = DataSize.ofBytes(Math.max(share, 2 * largest.toBytes()));
        }
        if (requests < 1 || candleItems < 1 || tickItems < 1 || bytes.compareTo(largest) < 0) {
            throw new IllegalArgumentException("room for at least one request of the largest body is needed");
        }
    }

    /**
     * How many bytes of bodies at once.
     * @return the setting, or the share of the heap
     */
    public long maxBytes() {
        DataSize set = this.bytes;
        return (set != null) ? set.toBytes() : 0;
    }

    /**
     * The bounds of a request with candles.
     * @return items and bytes
     */
    public RequestLimit candles() {
        return new RequestLimit(this.candleItems, (int) this.candleBody.toBytes());
    }

    /**
     * The bounds of a request with ticks.
     * @return items and bytes
     */
    public RequestLimit ticks() {
        return new RequestLimit(this.tickItems, (int) this.tickBody.toBytes());
    }

}
