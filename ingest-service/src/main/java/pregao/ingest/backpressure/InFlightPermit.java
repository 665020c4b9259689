package pregao.ingest.backpressure;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The place of one request under way.
 */
public final class InFlightPermit {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    final Sender sender;

    /** Guarded by the room it is of. */
    long size;

    /** Guarded by the room it is of. */
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
     * Counts bytes that arrived, on one thread at a time.
     * @param bytes how many
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one connection, one thread at a time
    public void addReceivedBytes(long bytes) {
        this.receivedBytes += bytes;
    }

    /**
     * How many bytes arrived.
     * @return the number
     */
    public long receivedBytes() {
        return this.receivedBytes;
    }

    /** Ends the arrival of the body: from now on it is not cut off. */
    public void markBodyReceived() {
        this.limiter.markBodyReceived(this);
    }

    /**
     * Takes more room.
     * @param bytes bytes
     * @return false where there is none
     */
    public boolean tryReserve(long bytes) {
        return this.limiter.tryReserve(this, bytes);
    }

    /** Gives all of it back; the second time changes nothing. */
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
     * Completes when the body is cut off.
     * @return never before
     */
    public Mono<Void> whenCutOff() {
        return this.cutOffSignal.asMono();
    }

}
