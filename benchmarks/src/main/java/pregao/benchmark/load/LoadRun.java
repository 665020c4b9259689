package pregao.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * One run: threads that each send the next request over their own connection and wait for
 * the answer. What is refused for a while (429, 503) is sent again.
 */
final class LoadRun {

    private static final long NANOS_A_SECOND = 1_000_000_000;

    private static final int MOST_RETRIES = 100;

    private final Options options;

    private final RequestTemplates requests;

    private final AtomicInteger next = new AtomicInteger();

    LoadRun(Options options, RequestTemplates requests) {
        this.options = options;
        this.requests = requests;
    }

    Outcome outcome() throws IOException, InterruptedException {
        CpuSeconds cpu = new CpuSeconds(this.options.pids());
        long start = System.nanoTime();
        List<Future<Outcome>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(this.options.threads())) {
            for (int i = 0; i < this.options.threads(); i++) {
                parts.add(threads.submit(() -> part(start)));
            }
        }
        Outcome outcome = Outcome.none();
        for (Future<Outcome> part : parts) {
            outcome.add(result(part));
        }
        outcome.took(System.nanoTime() - start, cpu.sinceThen());
        return outcome;
    }

    private static Outcome result(Future<Outcome> part) throws IOException, InterruptedException {
        try {
            return part.get();
        }
        catch (ExecutionException ex) {
            throw new IOException(ex.getCause());
        }
    }

    private Outcome part(long start) {
        Outcome outcome = Outcome.none();
        try (KeepAliveConnection connection = new KeepAliveConnection(this.options.url())) {
            for (int i = this.next.getAndIncrement(); i < this.options.requests(); i = this.next.getAndIncrement()) {
                long due = waitUntilDue(start, i);
                byte[] request = this.requests.bytes().get(i % this.requests.bytes().size());
                HttpReply answer = exchange(connection, request, outcome);
                outcome.answered(System.nanoTime() - due, isWarm(i), answer, this.requests);
            }
            return outcome;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * At a given rate the first quarter, when this client is cold itself, has no part in
     * latency.
     */
    private boolean isWarm(int request) {
        return this.options.rate() == 0 || request >= this.options.requests() / 4;
    }

    private static HttpReply exchange(KeepAliveConnection connection, byte[] request, Outcome outcome)
            throws IOException {
        HttpReply answer = connection.exchange(request);
        for (int i = 0; answer.later() && i < MOST_RETRIES; i++) {
            outcome.retried++;
            LockSupport.parkNanos(Math.max(NANOS_A_SECOND / 20, answer.retryAfter() * NANOS_A_SECOND));
            answer = connection.exchange(request);
        }
        return answer;
    }

    private long waitUntilDue(long start, int request) {
        if (this.options.rate() == 0) {
            return System.nanoTime();
        }
        long due = start + request * NANOS_A_SECOND / this.options.rate();
        for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
        return due;
    }

    /**
     * What came back.
     */
    static final class Outcome {

        private static final int DIGITS = 3;

        final Histogram nanos = new Histogram(DIGITS);

        final Map<Integer, Long> statuses = new TreeMap<>();

        long sent;

        long counted;

        long retried;

        String refusal = "";

        double seconds;

        Map<Long, Double> cpu = Map.of();

        static Outcome none() {
            return new Outcome();
        }

        void answered(long latency, boolean warm, HttpReply answer, RequestTemplates requests) {
            if (warm) {
                this.nanos.recordValue(latency);
            }
            this.statuses.merge(answer.status(), 1L, Long::sum);
            if (answer.ok()) {
                this.sent += requests.items();
                this.counted += answer.count(requests.counted());
            }
            else if (this.refusal.isEmpty()) {
                this.refusal = answer.body();
            }
        }

        void add(Outcome part) {
            this.nanos.add(part.nanos);
            part.statuses.forEach((status, count) -> this.statuses.merge(status, count, Long::sum));
            this.sent += part.sent;
            this.counted += part.counted;
            this.retried += part.retried;
            this.refusal = this.refusal.isEmpty() ? part.refusal : this.refusal;
        }

        void took(long wallNanos, Map<Long, Double> used) {
            this.seconds = (double) wallNanos / NANOS_A_SECOND;
            this.cpu = Map.copyOf(used);
        }

    }

}
