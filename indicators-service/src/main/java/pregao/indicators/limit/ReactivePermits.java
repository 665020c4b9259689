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
 * A number of permits that reads share. Reads that find too few wait in order, without a
 * thread. A read that would wait behind too many others fails at once.
 */
public final class ReactivePermits {

    private final int totalPermits;

    private final int maxWaiting;

    private final Duration maxWait;

    private final Deque<Lease> queue = new ArrayDeque<>();

    private int freePermits;

    /**
     * Creates permits of which none is taken.
     * @param totalPermits how many there are
     * @param maxWaiting how many reads may wait
     * @param maxWait how long each of them may wait
     */
    public ReactivePermits(int totalPermits, int maxWaiting, Duration maxWait) {
        this.totalPermits = totalPermits;
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        this.freePermits = totalPermits;
    }

    /**
     * Runs a read while it holds permits. They are given back before the caller learns
     * that the read has ended or failed, or when it is cancelled.
     * @param <T> what it reads
     * @param permits how many; more than there are count as all
     * @param read what to run
     * @return the result; a 503 problem where too many reads wait, or this one for too
     * long
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

    /** Outside of the lock: what is granted goes on at once, on this thread. */
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
     * Returns how many permits nobody holds.
     */
    synchronized int freePermits() {
        return this.freePermits;
    }

    /**
     * A read's permits.
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
