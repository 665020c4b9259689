package pregao.system;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import pregao.system.driver.Answer;

/**
 * A program of somebody's own that places orders at both brokers all the time: each under
 * an id of its own, which it repeats until it is answered.
 */
final class ExternalTradingClient {

    private static final int THREADS = 3;

    /** Longer than any outage that is not a failure of ours. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(3);

    private static final List<String> PAIRS = List.of("BTCUSDT", "ETHUSDT");

    private static final List<String> ASSETS = List.of("EURUSD-OTC", "GBPUSD-OTC", "USDJPY-OTC");

    private final RetryingClient person;

    private final String binance;

    private final String polarium;

    private final List<Thread> threads = new ArrayList<>();

    private final List<UUID> answered = new CopyOnWriteArrayList<>();

    private final List<String> failures = new CopyOnWriteArrayList<>();

    private final AtomicLong longestNanos = new AtomicLong();

    private volatile boolean over;

    ExternalTradingClient(RetryingClient person, String binance, String polarium) {
        this.person = person;
        this.binance = binance;
        this.polarium = polarium;
    }

    void start(long seed) {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            this.threads.add(Thread.ofPlatform().name("outside-" + i).start(() -> run(random)));
        }
    }

    /** Waits until the last order is answered. */
    void stop() {
        this.over = true;
        for (Thread thread : this.threads) {
            try {
                thread.join(REQUEST_TIMEOUT);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", ex);
            }
        }
    }

    /** The orders that were answered, whatever the answer. */
    List<UUID> answered() {
        return this.answered;
    }

    /** Answers that should never be. */
    List<String> failures() {
        return this.failures;
    }

    long longestSeconds() {
        return this.longestNanos.get() / 1_000_000_000;
    }

    private void run(Random random) {
        while (!this.over) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            byte[] body = JsonBodies.of(random.nextBoolean() ? pair(random) : option(random));
            long begin = System.nanoTime();
            Answer answer = this.person.tried("PUT", "/api/orders/" + id, body);
            while (answer.status() < 0 && System.nanoTime() - begin < REQUEST_TIMEOUT.toNanos()) {
                pause(200);
                answer = this.person.tried("PUT", "/api/orders/" + id, body);
            }
            long took = System.nanoTime() - begin;
            this.longestNanos.accumulateAndGet(took, Math::max);
            if (answer.status() == 200 || answer.status() == 201 || answer.status() == 202) {
                this.answered.add(id);
            }
            else {
                this.failures.add(new String(body, java.nio.charset.StandardCharsets.UTF_8) + ": " + answer);
            }
            pause(500 + random.nextInt(2_000));
        }
    }

    private Map<String, ?> pair(Random random) {
        boolean bitcoin = random.nextBoolean();
        return Map.of("account", this.binance, "feed", "binance", "symbol", PAIRS.get(bitcoin ? 0 : 1), "side",
                (random.nextInt(3) > 0) ? "buy" : "sell", "amount", new BigDecimal(bitcoin ? "0.001" : "0.03"));
    }

    /**
     * Stakes that bots do not take, so that one is never taken for the other, and not on
     * the first asset: whatever is unresolved keeps others of its kind waiting.
     */
    private Map<String, ?> option(Random random) {
        int which = 1 + random.nextInt(ASSETS.size() - 1);
        return Map.of("account", this.polarium, "feed", "polarium", "symbol", ASSETS.get(which), "side",
                random.nextBoolean() ? "call" : "put", "amount",
                BigDecimal.valueOf(100 + random.nextInt(98), 2).add(BigDecimal.ONE), "seconds",
                random.nextBoolean() ? 30 : 5, "payout", PAYOUTS.get(which));
    }

    static final List<BigDecimal> PAYOUTS = List.of(new BigDecimal("0.87"), new BigDecimal("0.86"),
            new BigDecimal("0.84"));

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

}
