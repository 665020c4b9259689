package pregao.indicators.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Permits that reads share. Reads wait in order until enough permits are free, without
 * blocking a thread. A read fails at once if too many others wait.
 */
public final class ReactivePermits {

    private final int totalPermits;

    private final int maxWaiting;

    private final Duration maxWait;

    private final Deque<Lease> queue = new ArrayDeque<>();

    private int freePermits;

    /**
     * Creates permits that are all free.
     * @param totalPermits the number of permits
     * @param maxWaiting the maximum number of waiting reads
     * @param maxWait the longest time that a read may wait
     */
    public ReactivePermits(int totalPermits, int maxWaiting, Duration maxWait) {
        this.totalPermits = totalPermits;
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        this.freePermits = totalPermits;
    }

    /**
     * Runs a read while it holds permits. They are released before the caller receives
     * the completion or the failure of the read, or when it is cancelled.
     * @param <T> the type of the result
     * @param permits the number of permits; numbers above the total count as the total
     * @param read the read
     * @return the result; a 503 problem if too many reads wait or this one waits too long
     */
    public <T> Mono<T> withPermits(int permits, Mono<T> read) {
        int neededPermits = Math.clamp(permits, 1, this.totalPermits);
        return Mono.<Lease>create((sink) -> enqueue(new Lease(neededPermits, sink)))
            .timeout(this.maxWait)
            .flatMap((lease) -> Mono.using(() -> lease, (acquired) -> read, this::release));
    }

    private void enqueue(Lease lease) {
        lease.sink.onCancel(() -> release(lease));
        boolean isRejected;
        synchronized (this) {
            isRejected = this.queue.size() >= this.maxWaiting && !canAcquireNow(lease);
            if (!isRejected) {
                this.queue.add(lease);
            }
        }
        if (isRejected) {
            lease.sink.error(ProblemDefinition.unavailable("Too many reads wait").asException());
        }
        else {
            grantWaiting();
        }
    }

    private boolean canAcquireNow(Lease lease) {
        return this.queue.isEmpty() && this.freePermits >= lease.permits;
    }

    private void release(Lease lease) {
        synchronized (this) {
            if (lease.isHeld) {
                this.freePermits += lease.permits;
                lease.isHeld = false;
            }
            else {
                this.queue.remove(lease);
            }
        }
        grantWaiting();
    }

    /** Emits outside the lock: a granted read continues at once, on this thread. */
    private void grantWaiting() {
        List<Lease> granted = new ArrayList<>();
        synchronized (this) {
            Lease head = this.queue.peek();
            while (head != null && this.freePermits >= head.permits) {
                this.queue.remove();
                this.freePermits -= head.permits;
                head.isHeld = true;
                granted.add(head);
                head = this.queue.peek();
            }
        }
        granted.forEach((lease) -> lease.sink.success(lease));
    }

    /**
     * Returns the number of free permits.
     */
    synchronized int freePermits() {
        return this.freePermits;
    }

    /**
     * The permits of a read.
     */
    private static final class Lease {

        private final int permits;

        private final MonoSink<Lease> sink;

        private boolean isHeld;

        Lease(int permits, MonoSink<Lease> sink) {
            this.permits = permits;
            this.sink = sink;
        }

    }

}
