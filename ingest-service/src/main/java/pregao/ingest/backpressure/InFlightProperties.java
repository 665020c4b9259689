package pregao.ingest.backpressure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of one request and of all requests in flight.
 *
 * @param requests the maximum number of requests in flight; further requests get 429
 * @param bytes the maximum size of the bodies in flight; further bodies get 429. By
 * default an eighth of the heap, which leaves memory for the data parsed from the bodies
 * @param candleItems the maximum number of candles in a request
 * @param candleBody the maximum size of a body of candles, also after decompression
 * @param tickItems the maximum number of ticks in a request
 * @param tickBody the maximum size of a body of ticks, also after decompression
 * @param readTime the timeout for the arrival of a body
 * @param slowRate bodies slower than this, per second, are cut off if requests or bytes
 * are scarce
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
     * Returns the maximum size of the bodies in flight.
     * @return the setting, or the share of the heap, in bytes
     */
    public long maxBytes() {
        DataSize set = this.bytes;
        return (set != null) ? set.toBytes() : 0;
    }

    /**
     * Returns the limits of a request with candles.
     * @return the limits
     */
    public RequestLimit candles() {
        return new RequestLimit(this.candleItems, (int) this.candleBody.toBytes());
    }

    /**
     * Returns the limits of a request with ticks.
     * @return the limits
     */
    public RequestLimit ticks() {
        return new RequestLimit(this.tickItems, (int) this.tickBody.toBytes());
    }

}
