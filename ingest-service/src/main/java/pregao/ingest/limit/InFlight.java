package pregao.ingest.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Requests and bytes under way, bounded, so that a burst is told to come again instead of
 * being queued until memory ends.
 */
@Component
public class InFlight {

    private final int mostRequests;

    private final long mostBytes;

    private final AtomicInteger requests = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    public InFlight(LimitSettings settings, MeterRegistry meters) {
        this.mostRequests = settings.requests();
        this.mostBytes = settings.bytes().toBytes();
        Gauge.builder("pregao.ingest.in.flight.requests", this.requests, AtomicInteger::get).register(meters);
        Gauge.builder("pregao.ingest.in.flight.bytes", this.bytes, AtomicLong::get).register(meters);
    }

    /**
     * Takes room; whoever got it releases it.
     * @param size bytes
     * @return false where there is none
     */
    public boolean acquire(long size) {
        boolean fits = this.requests.incrementAndGet() <= this.mostRequests;
        fits &= this.bytes.addAndGet(size) <= this.mostBytes;
        if (!fits) {
            release(size);
        }
        return fits;
    }

    public void release(long size) {
        this.requests.decrementAndGet();
        this.bytes.addAndGet(-size);
    }

    public int requests() {
        return this.requests.get();
    }

}
