package pregao.ingest.backpressure;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limiter of the requests and bytes in flight, in total and for each API key and client
 * address. Excess requests are rejected instead of queued until memory runs out, and one
 * sender cannot use the whole capacity. If capacity is scarce, the slowest body is cut
 * off.
 */
@Component
public class InFlightLimiter {

    private final int maxRequests;

    private final long maxBytes;

    private final long maxBodySize;

    private final long minBytesPerSecond;

    private final LongSupplier nanoTime;

    private final Counter cutOffCounter;

    private final Map<String, Usage> usageBySender = new HashMap<>();

    /** Permits whose bodies are still arriving, in the order they started. */
    private final Set<InFlightPermit> arrivingPermits = new LinkedHashSet<>();

    private final Usage total = new Usage();

    @Autowired
    public InFlightLimiter(InFlightProperties properties, MeterRegistry meterRegistry) {
        this(properties, meterRegistry, System::nanoTime);
    }

    InFlightLimiter(InFlightProperties properties, MeterRegistry meterRegistry, LongSupplier nanoTime) {
        this.maxRequests = properties.requests();
        this.maxBytes = properties.maxBytes();
        this.maxBodySize = Math.max(properties.candles().bytes(), properties.ticks().bytes());
        this.minBytesPerSecond = properties.slowRate().toBytes();
        this.nanoTime = nanoTime;
        this.cutOffCounter = meterRegistry.counter("pregao.ingest.bodies.cut");
        Gauge.builder("pregao.ingest.in.flight.requests", this, InFlightLimiter::inFlightRequests)
            .register(meterRegistry);
        Gauge.builder("pregao.ingest.in.flight.bytes", this, InFlightLimiter::inFlightBytes).register(meterRegistry);
    }

    /**
     * Acquires a permit for a request. The caller must release it.
     * @param sender the sender of the request
     * @param size the declared size of the body, in bytes
     * @return the permit, or null if there is no capacity
     */
    public @Nullable InFlightPermit acquire(Sender sender, long size) {
        InFlightPermit slowest = null;
        synchronized (this) {
            InFlightPermit permit = new InFlightPermit(this, sender, this.nanoTime.getAsLong());
            boolean fits = hasCapacity(sender, 1, size);
            if (!fits) {
                slowest = findSlowest(sender);
                if (slowest != null) {
                    release(slowest);
                    fits = hasCapacity(sender, 1, size);
                }
            }
            if (fits) {
                addUsage(sender, 1, size);
                permit.size = size;
                this.arrivingPermits.add(permit);
            }
            else {
                permit.released = true;
            }
            if (slowest == null) {
                return fits ? permit : null;
            }
            this.cutOffCounter.increment();
            slowest.cutOff();
            return fits ? permit : null;
        }
    }

    private boolean hasCapacity(Sender sender, int requests, long size) {
        if (!this.total.hasCapacity(requests, size, this.maxRequests, this.maxBytes)) {
            return false;
        }
        // Half of the total for a key, three quarters for an address, but always at least
        // one request with the largest body.
        return hasCapacity("k" + sender.key(), requests, size, 2, 4)
                && (sender.address() == null || hasCapacity("a" + sender.address(), requests, size, 3, 4));
    }

    private boolean hasCapacity(String senderKey, int requests, long size, int numerator, int denominator) {
        Usage usage = this.usageBySender.get(senderKey);
        return (usage == null)
                || usage.hasCapacity(requests, size, Math.max(this.maxRequests * numerator / denominator, 1),
                        Math.max(this.maxBytes * numerator / denominator, this.maxBodySize));
    }

    /**
     * Finds the slowest body whose end frees capacity for the sender. Only bodies that
     * have been too slow for more than a second count.
     */
    private @Nullable InFlightPermit findSlowest(Sender sender) {
        boolean totalFull = !this.total.hasCapacity(1, 0, this.maxRequests, this.maxBytes)
                || this.total.bytes > this.maxBytes * 3 / 4;
        long nowNanos = this.nanoTime.getAsLong();
        InFlightPermit slowest = null;
        for (InFlightPermit permit : this.arrivingPermits) {
            boolean freesCapacity = totalFull || permit.sender.key().equals(sender.key())
                    || (sender.address() != null && sender.address().equals(permit.sender.address()));
            if (freesCapacity && permit.isSlow(nowNanos, this.minBytesPerSecond)
                    && (slowest == null || permit.bytesPerSecond(nowNanos) < slowest.bytesPerSecond(nowNanos))) {
                slowest = permit;
            }
        }
        return slowest;
    }

    private void addUsage(Sender sender, int requests, long size) {
        this.total.add(requests, size);
        addUsage("k" + sender.key(), requests, size);
        if (sender.address() != null) {
            addUsage("a" + sender.address(), requests, size);
        }
    }

    private void addUsage(String senderKey, int requests, long size) {
        Usage usage = this.usageBySender.computeIfAbsent(senderKey, (_) -> new Usage());
        usage.add(requests, size);
        if (usage.requests == 0) {
            this.usageBySender.remove(senderKey);
        }
    }

    synchronized boolean tryReserve(InFlightPermit permit, long bytes) {
        if (permit.released || !hasCapacity(permit.sender, 0, bytes)) {
            return false;
        }
        addUsage(permit.sender, 0, bytes);
        permit.size += bytes;
        return true;
    }

    synchronized void markBodyReceived(InFlightPermit permit) {
        this.arrivingPermits.remove(permit);
    }

    synchronized void release(InFlightPermit permit) {
        if (!permit.released) {
            permit.released = true;
            this.arrivingPermits.remove(permit);
            addUsage(permit.sender, -1, -permit.size);
        }
    }

    /**
     * Returns the number of requests in flight.
     * @return the number of requests
     */
    public synchronized int inFlightRequests() {
        return this.total.requests;
    }

    /**
     * Returns the size of the bodies in flight.
     * @return the number of bytes
     */
    public synchronized long inFlightBytes() {
        return this.total.bytes;
    }

    /**
     * Returns the number of senders with requests in flight.
     * @return the number of keys and addresses
     */
    synchronized int senderCount() {
        return this.usageBySender.size();
    }

    /** Usage of one key or address, or in total. */
    private static final class Usage {

        private int requests;

        private long bytes;

        private boolean hasCapacity(int addedRequests, long addedBytes, int maxRequests, long maxBytes) {
            return this.requests + addedRequests <= maxRequests && this.bytes + addedBytes <= maxBytes;
        }

        private void add(int addedRequests, long addedBytes) {
            this.requests += addedRequests;
            this.bytes += addedBytes;
        }

    }

}
