package pregao.simulator.binance;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/**
 * Starts the simulator by hand: the port is the only argument.
 */
public final class BinanceMain {

    private static final int PORT = 7082;

    private static final long SEED = 1;

    private BinanceMain() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : PORT;
        PrintStream out = System.out;
        BinanceSimulator simulator = new BinanceSimulator(SEED, Clock.systemUTC());
        List<Account> accounts = List.of(simulator.open(KeyKind.HMAC), simulator.open(KeyKind.ED25519));
        simulator.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        out.printf("Binance's simulator: http://127.0.0.1:%d/api, ws://127.0.0.1:%d/ws-api/v3, /ws and /stream%n",
                simulator.port(), simulator.port());
        accounts.forEach(
                (account) -> out.printf("  key %s (%s), secret %s%n", account.key(), account.kind(), account.secret()));
        out.printf("  faults: POST /control/faults/NAME?times=1&number=0%n");
        Thread.currentThread().join();
    }

}
