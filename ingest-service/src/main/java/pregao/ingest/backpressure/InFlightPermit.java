package pregao.ingest.backpressure;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Permit for one request in flight.
 */
public final class InFlightPermit {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    final Sender sender;

    /** Guarded by the limiter. */
    long size;

    /** Guarded by the limiter. */
    boolean released;

    private final InFlightLimiter limiter;

    private final long startNanos;

    private final Sinks.Empty<Void> cutOffSignal = Sinks.empty();

    private volatile long receivedBytes;

    InFlightPermit(InFlightLimiter limiter, Sender sender, long startNanos) {
        this.limiter = limiter;
        this.sender = sender;
        this.startNanos = startNanos;
    }

    /**
     * Adds received bytes. Calls must not be concurrent.
     * @param bytes the number of bytes
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // a connection uses one thread at a time
    public void addReceivedBytes(long bytes) {
        this.receivedBytes += bytes;
    }

    /**
     * Returns the number of bytes received.
     * @return the number of bytes
     */
    public long receivedBytes() {
        return this.receivedBytes;
    }

    /** Records that the whole body has arrived, so that it is not cut off anymore. */
    public void markBodyReceived() {
        this.limiter.markBodyReceived(this);
    }

    /**
     * Reserves more capacity.
     * @param bytes the number of additional bytes
     * @return false if there is no capacity
     */
    public boolean tryReserve(long bytes) {
        return this.limiter.tryReserve(this, bytes);
    }

    /** Releases all capacity. Repeated calls have no effect. */
    public void release() {
        this.limiter.release(this);
    }

    boolean isSlow(long nowNanos, long minBytesPerSecond) {
        return nowNanos - this.startNanos > NANOS_PER_SECOND && bytesPerSecond(nowNanos) < minBytesPerSecond;
    }

    double bytesPerSecond(long nowNanos) {
        return this.receivedBytes * (double) NANOS_PER_SECOND / Math.max(nowNanos - this.startNanos, 1);
    }

    void cutOff() {
        this.cutOffSignal.tryEmitEmpty();
    }

    /**
     * Returns a signal that completes when the body is cut off.
     * @return the signal; it never completes otherwise
     */
    public Mono<Void> whenCutOff() {
        return this.cutOffSignal.asMono();
    }

}
