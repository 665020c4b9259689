package pregao.system;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import pregao.system.driver.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bots and a program outside trade at both brokers, which misbehave, while the services
 * that trade are killed again and again, and come back with other secrets, one before the
 * other: no order is lost, none is doubled, and the ledger says what the brokers say.
 */
@SystemTest
@Tag("long")
class BotFaultSystemTests {

    private static final int KILLS = Integer.getInteger("kills", 50);

    private static final long SEED = Long.getLong("seed", new Random().nextLong(1_000_000));

    private static final Duration END = Duration.ofMinutes(6);

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ledgerAndBrokersAgreeWhateverIsKilled(SystemUnderTest system) throws InterruptedException {
        System.out.printf("seed %d, %d kills%n", SEED, KILLS);
        RetryingClient person = new RetryingClient(system);
        SimulatedBrokers brokers = new SimulatedBrokers(system);
        String binance = brokers.connectBinance(person);
        String polarium = brokers.connectPolarium(person);
        LedgerReconciliation ledger = new LedgerReconciliation(system, brokers, binance, polarium);
        BotFixtures bots = new BotFixtures(person);
        ExternalTradingClient outside = new ExternalTradingClient(person, binance, polarium);
        bots.start(binance, polarium);
        outside.start(SEED);

        ProcessKiller killings = new ProcessKiller(system, KILLS, SEED);
        killings.start();
        for (int turn = 0; !killings.isOver(); turn++) {
            brokers.trouble(turn);
            assertThat(ledger.deskWithoutPosition()).as("desks and positions at turn %d", turn).isEmpty();
            TimeUnit.SECONDS.sleep(4);
        }
        outside.stop();
        // What is to be closed is closed even if whoever was told is killed at once. Both
        // start once more, so that they have the same secrets.
        bots.stop();
        killings.kill("strategy");
        killings.kill("session");
        brokers.calm();
        bots.awaitRest();
        Await.see("all orders to be over", END, ledger::open, (open) -> open == 0);

        SoftAssertions softly = new SoftAssertions();
        ledger.compare(softly);
        System.out.printf("kills %s; %s; %d orders by hand answered, the longest after %d s%n", killings,
                ledger.table(), outside.answered().size(), outside.longestSeconds());
        softly.assertThat(killings.count()).as("kills, for which the machine was fast enough").isGreaterThan(KILLS);
        softly.assertThat(killings.rotations()).as("rotations of secrets").isPositive();
        softly.assertThat(brokers.orders()).as("orders at Binance, or nothing is proven").hasSizeGreaterThan(KILLS / 5);
        softly.assertThat(brokers.options()).as("options, or nothing is proven").hasSizeGreaterThan(KILLS / 5);
        softly.assertThat(outside.failures()).as("answers to the program outside").isEmpty();
        softly.assertAll();
    }

}
