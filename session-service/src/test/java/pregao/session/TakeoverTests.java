package pregao.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import pregao.devcluster.process.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of accounts and orders when the replica that speaks for them stands still
 * or dies.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverTests {

    private static final Duration TAKEN = Duration.ofSeconds(10);

    private static Replicas replicas;

    private static String token;

    @BeforeAll
    static void start() {
        replicas = new Replicas();
        token = replicas.token();
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    @Test
    @Order(1)
    void zombieSendsNothing() {
        String account = replicas.account(token);
        String order = account + "/orders/" + UUID.randomUUID();
        String first = owner(account);
        long sold = replicas.sold();
        // The first order of a session asks the broker for wallets and payouts; while it
        // does, everything stops.
        replicas.broker().send(Signal.STOP);
        CompletableFuture<HttpResponse<String>> waiting = replicas.put(replicas.first(), order, token, option("call"));
        replicas.await(TAKEN, "the order to be written down", () -> state(order).equals("sending"));
        replicas.first().send(Signal.STOP);
        replicas.broker().send(Signal.CONT);
        replicas.await(TAKEN, "the other replica to speak for the account", () -> !owner(account).equals(first));
        String before = owner(account);
        // It wakes up, and before a beat could tell it anything, the broker's answers do.
        replicas.whileLocked("select from session.instance where id = '%s' for update"
            .formatted(first.substring(0, first.indexOf(' '))), () -> {
                replicas.first().send(Signal.CONT);
                replicas.await(TAKEN, "the zombie to give up the order", () -> !state(order).equals("sending"));
            });
        assertThat(state(order)).isEqualTo("not_sent");
        assertThat(owner(account)).isEqualTo(before);
        assertThat(replicas.sold()).as("options sold").isEqualTo(sold);
        assertThat(waiting.handle((answer, failure) -> (failure != null) ? 503 : answer.statusCode()).join()).isIn(200,
                202, 503);
        // The account works on where it is now, also through the one that was away.
        HttpResponse<String> next = replicas
            .put(replicas.first(), account + "/orders/" + UUID.randomUUID(), token, option("call"))
            .join();
        assertThat(next.body()).contains("\"state\":\"placed\"");
        assertThat(replicas.sold()).isEqualTo(sold + 1);
    }

    @Test
    @Order(2)
    void killedOwnersStreamGoesOnAndItsOrderIsResolvedAndNotDoubled() {
        String account = replicas.account(token);
        String order = account + "/orders/" + UUID.randomUUID();
        long sold = replicas.sold();
        try (Reader reader = new Reader(account + "/candles?symbol=EURUSD-OTC&seconds=5")) {
            replicas.await(TAKEN, "candles to come", () -> reader.last() > 0);
            replicas.control("faults/no_reply?times=1");
            CompletableFuture<HttpResponse<String>> waiting = replicas.put(replicas.first(), order, token,
                    option("put"));
            replicas.await(TAKEN, "the broker to book the order", () -> replicas.sold() == sold + 1);
            replicas.first().send(Signal.KILL);
            long killed = System.nanoTime();
            replicas.await(TAKEN, "candles to come again", () -> reader.last() > killed + 1_000_000_000L);
            assertThat(Duration.ofNanos(reader.firstAfter(killed) - killed)).isLessThan(TAKEN);
            assertThat(waiting.handle((answer, failure) -> failure instanceof CompletionException).join()).isTrue();
        }
        replicas.await(Duration.ofSeconds(40), "the order to be resolved",
                () -> state(order).matches("placed|settled"));
        HttpResponse<String> again = replicas.put(replicas.second(), order, token, option("put")).join();
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(replicas.sold()).as("options sold").isEqualTo(sold + 1);
    }

    private static String owner(String account) {
        return replicas.sql("select owner || ' ' || epoch from session.broker_account where id = '%s'"
            .formatted(account.substring(account.lastIndexOf('/') + 1)));
    }

    private static String state(String order) {
        return replicas.sql("select state from session.execution where id = '%s'"
            .formatted(order.substring(order.lastIndexOf('/') + 1)));
    }

    private static Map<String, Object> option(String direction) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("money", "demo");
        wish.put("option",
                Map.of("symbol", "EURUSD-OTC", "direction", direction, "stake", 10, "seconds", 5, "payout", 87));
        return wish;
    }

    /**
     * Somebody who reads a stream from the second replica, and begins again whenever it
     * ends.
     */
    private static final class Reader implements AutoCloseable {

        private static final long A_WHILE = 100_000_000L;

        private final AtomicBoolean reading = new AtomicBoolean(true);

        private final java.util.NavigableSet<Long> heard = new java.util.concurrent.ConcurrentSkipListSet<>();

        private final AtomicLong last = new AtomicLong();

        private final Thread thread;

        Reader(String path) {
            this.thread = Thread.ofVirtual().start(() -> read(path));
        }

        private void read(String path) {
            while (this.reading.get()) {
                try (Stream<String> lines = replicas.lines(replicas.second(), path, token).body()) {
                    LockSupport.parkNanos(A_WHILE); // also where it was answered with a
                                                    // problem
                    lines.takeWhile((line) -> this.reading.get())
                        .filter((line) -> line.startsWith("data:") && line.contains("\"open\""))
                        .forEach((line) -> hear());
                }
                catch (IOException | RuntimeException ex) {
                    LockSupport.parkNanos(A_WHILE);
                }
                catch (InterruptedException ex) {
                    return;
                }
            }
        }

        private void hear() {
            this.last.set(System.nanoTime());
            this.heard.add(this.last.get());
        }

        long last() {
            return this.last.get();
        }

        /** What was on its way does not count. */
        long firstAfter(long killed) {
            return java.util.Objects.requireNonNull(this.heard.higher(killed + 1_000_000_000L));
        }

        @Override
        public void close() {
            this.reading.set(false);
            this.thread.interrupt();
        }

    }

}
