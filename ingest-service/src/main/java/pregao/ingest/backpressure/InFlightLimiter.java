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
 * Requests and bytes under way, bounded in all and for each API key and address, so that
 * a burst is told to come again instead of being queued until memory ends, and one sender
 * never takes the room of all. Where room is scarce, the slowest body is cut off.
 */
@Component
public class InFlightLimiter {

    private final int maxRequests;

    private final long maxBytes;

    private final long largest;

    private final long slowRate;

    private final LongSupplier nanoTime;

    private final Counter cut;

    private final Map<String, Usage> bySender = new HashMap<>();

    /** Bodies that still arrive, in the order they began. */
    private final Set<InFlightPermit> arriving = new LinkedHashSet<>();

    private final Usage all = new Usage();

    @Autowired
    public InFlightLimiter(InFlightProperties settings, MeterRegistry meters) {
        this(settings, meters, System::nanoTime);
    }

    InFlightLimiter(InFlightProperties settings, MeterRegistry meters, LongSupplier nanoTime) {
        this.maxRequests = settings.requests();
        this.maxBytes = settings.maxBytes();
        this.largest = Math.max(settings.candles().bytes(), settings.ticks().bytes());
        this.slowRate = settings.slowRate().toBytes();
        this.nanoTime = nanoTime;
        this.cut = meters.counter("pregao.ingest.bodies.cut");
        Gauge.builder("pregao.ingest.in.flight.requests", this, InFlightLimiter::requests).register(meters);
        Gauge.builder("pregao.ingest.in.flight.bytes", this, InFlightLimiter::bytes).register(meters);
    }

    /**
     * Takes a slot and room for a body; whoever got it releases it.
     * @param sender whose share it is of
     * @param size bytes of the body
     * @return the slot, or null where there is none
     */
    public @Nullable InFlightPermit acquire(Sender sender, long size) {
        InFlightPermit slowest = null;
        synchronized (this) {
            InFlightPermit slot = new InFlightPermit(this, sender, this.nanoTime.getAsLong());
            boolean fits = fits(sender, 1, size);
            if (!fits) {
                slowest = slowest(sender);
                if (slowest != null) {
                    free(slowest);
                    fits = fits(sender, 1, size);
                }
            }
            if (fits) {
                add(sender, 1, size);
                slot.size = size;
                this.arriving.add(slot);
            }
            else {
                slot.released = true;
            }
            if (slowest == null) {
                return fits ? slot : null;
            }
            this.cut.increment();
            slowest.cutOff();
            return fits ? slot : null;
        }
    }

    private boolean fits(Sender sender, int requests, long size) {
        if (!this.all.fits(requests, size, this.maxRequests, this.maxBytes)) {
            return false;
        }
        // Half of all for a key, three quarters for an address, but always one request of
        // the largest body.
        return fits("k" + sender.key(), requests, size, 2, 4)
                && (sender.address() == null || fits("a" + sender.address(), requests, size, 3, 4));
    }

    private boolean fits(String name, int requests, long size, int share, int of) {
        Usage usage = this.bySender.get(name);
        return (usage == null) || usage.fits(requests, size, Math.max(this.maxRequests * share / of, 1),
                Math.max(this.maxBytes * share / of, this.largest));
    }

    /** Of those whose end gives room to the sender: slow for more than a second. */
    private @Nullable InFlightPermit slowest(Sender sender) {
        boolean allFull = !this.all.fits(1, 0, this.maxRequests, this.maxBytes)
                || this.all.bytes > this.maxBytes * 3 / 4;
        long now = this.nanoTime.getAsLong();
        InFlightPermit slowest = null;
        for (InFlightPermit slot : this.arriving) {
            boolean helps = allFull || slot.sender.key().equals(sender.key())
                    || (sender.address() != null && sender.address().equals(slot.sender.address()));
            if (helps && slot.isSlow(now, this.slowRate) && (slowest == null || slot.rate(now) < slowest.rate(now))) {
                slowest = slot;
            }
        }
        return slowest;
    }

    private void add(Sender sender, int requests, long size) {
        this.all.add(requests, size);
        add("k" + sender.key(), requests, size);
        if (sender.address() != null) {
            add("a" + sender.address(), requests, size);
        }
    }

    private void add(String name, int requests, long size) {
        Usage usage = this.bySender.computeIfAbsent(name, (_) -> new Usage());
        usage.add(requests, size);
        if (usage.requests == 0) {
            this.bySender.remove(name);
        }
    }

    synchronized boolean grow(InFlightPermit slot, long more) {
        if (slot.released || !fits(slot.sender, 0, more)) {
            return false;
        }
        add(slot.sender, 0, more);
        slot.size += more;
        return true;
    }

    synchronized void arrived(InFlightPermit slot) {
        this.arriving.remove(slot);
    }

    synchronized void free(InFlightPermit slot) {
        if (!slot.released) {
            slot.released = true;
            this.arriving.remove(slot);
            add(slot.sender, -1, -slot.size);
        }
    }

    /**
     * How many requests are under way.
     * @return the number
     */
    public synchronized int requests() {
        return this.all.requests;
    }

    /**
     * How many bytes of bodies are under way.
     * @return the number
     */
    public synchronized long bytes() {
        return this.all.bytes;
    }

    /**
     * How many senders have something under way.
     * @return the number of keys and addresses
     */
    synchronized int senders() {
        return this.bySender.size();
    }

    /** What is under way of one sender, or of all. */
    private static final class Usage {

        private int requests;

        private long bytes;

        private boolean fits(int more, long size, int maxRequests, long maxBytes) {
            return this.requests + more <= maxRequests && this.bytes + size <= maxBytes;
        }

        private void add(int more, long size) {
            this.requests += more;
            this.bytes += size;
        }

    }

}
