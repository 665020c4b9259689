package pregao.ingest.backpressure;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The place of one request under way.
 */
public final class InFlightPermit {

    private static final long SECOND = 1_000_000_000L;

    final Sender sender;

    /** Guarded by the room it is of. */
    long size;

    /** Guarded by the room it is of. */
    boolean released;

    private final InFlightLimiter room;

    private final long since;

    private final Sinks.Empty<Void> end = Sinks.empty();

    private volatile long received;

    InFlightPermit(InFlightLimiter inFlightLimiter, Sender sender, long since) {
        this.room = inFlightLimiter;
        this.sender = sender;
        this.since = since;
    }

    /**
     * Counts bytes that arrived, on one thread at a time.
     * @param bytes how many
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one connection, one thread at a time
    public void received(long bytes) {
        this.received += bytes;
    }

    /**
     * How many bytes arrived.
     * @return the number
     */
    public long received() {
        return this.received;
    }

    /** Ends the arrival of the body: from now on it is not cut off. */
    public void arrived() {
        this.room.arrived(this);
    }

    /**
     * Takes more room.
     * @param more bytes
     * @return false where there is none
     */
    public boolean grow(long more) {
        return this.room.grow(this, more);
    }

    /** Gives all of it back; the second time changes nothing. */
    public void release() {
        this.room.free(this);
    }

    boolean isSlow(long now, long bytesEachSecond) {
        return now - this.since > SECOND && rate(now) < bytesEachSecond;
    }

    double rate(long now) {
        return this.received * (double) SECOND / Math.max(now - this.since, 1);
    }

    void cutOff() {
        this.end.tryEmitEmpty();
    }

    /**
     * Completes when the body is cut off.
     * @return never before
     */
    public Mono<Void> whenCutOff() {
        return this.end.asMono();
    }

}
