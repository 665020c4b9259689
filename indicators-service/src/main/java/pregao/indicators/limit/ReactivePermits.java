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

    private final int total;

    private final int maxWaiting;

    private final Duration maxWait;

    private final Deque<Lease> waiting = new ArrayDeque<>();

    private int free;

    /**
     * Creates permits of which none is taken.
     * @param total how many there are
     * @param maxWaiting how many reads may wait
     * @param maxWait how long each of them may wait
     */
    public ReactivePermits(int total, int maxWaiting, Duration maxWait) {
        this.total = total;
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        this.free = total;
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
    public <T> Mono<T> hold(int permits, Mono<T> read) {
        int needed = Math.clamp(permits, 1, this.total);
        return Mono.<Lease>create((sink) -> enter(new Lease(needed, sink)))
            .timeout(this.maxWait)
            .flatMap((lease) -> Mono.using(() -> lease, (held) -> read, this::leave));
    }

    private void enter(Lease lease) {
        lease.sink.onCancel(() -> leave(lease));
        boolean isRefused;
        synchronized (this) {
            isRefused = this.waiting.size() >= this.maxWaiting && !fits(lease);
            if (!isRefused) {
                this.waiting.add(lease);
            }
        }
        if (isRefused) {
            lease.sink.error(ProblemDefinition.unavailable("Too many reads wait").asException());
        }
        else {
            grant();
        }
    }

    private boolean fits(Lease lease) {
        return this.waiting.isEmpty() && this.free >= lease.permits;
    }

    private void leave(Lease lease) {
        synchronized (this) {
            if (lease.isHeld) {
                this.free += lease.permits;
                lease.isHeld = false;
            }
            else {
                this.waiting.remove(lease);
            }
        }
        grant();
    }

    /** Outside of the lock: what is granted goes on at once, on this thread. */
    private void grant() {
        List<Lease> granted = new ArrayList<>();
        synchronized (this) {
            Lease next = this.waiting.peek();
            while (next != null && this.free >= next.permits) {
                this.waiting.remove();
                this.free -= next.permits;
                next.isHeld = true;
                granted.add(next);
                next = this.waiting.peek();
            }
        }
        granted.forEach((lease) -> lease.sink.success(lease));
    }

    /**
     * Returns how many permits nobody holds.
     */
    synchronized int free() {
        return this.free;
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
