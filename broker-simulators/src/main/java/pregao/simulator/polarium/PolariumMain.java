package pregao.simulator.polarium;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/**
 * Starts the simulator by hand: the port is the only argument.
 */
public final class PolariumMain {

    private static final int PORT = 7081;

    private static final long SEED = 1;

    private PolariumMain() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : PORT;
        PrintStream out = System.out;
        PolariumSimulator simulator = new PolariumSimulator(SEED, Clock.systemUTC());
        List<Account> accounts = List.of(simulator.open("trader@simulator.local", "demo", AccountKind.PLAIN),
                simulator.open("2fa@simulator.local", "demo", AccountKind.TWO_FACTOR),
                simulator.open("busy@simulator.local", "demo", AccountKind.RATE_LIMITED),
                simulator.open("away@simulator.local", "demo", AccountKind.FORBIDDEN),
                simulator.open("prices@simulator.local", "demo", AccountKind.PLAIN));
        simulator.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        out.printf("Polarium's simulator: http://127.0.0.1:%d, ws://127.0.0.1:%d/echo/websocket%n", simulator.port(),
                simulator.port());
        accounts.forEach((account) -> out.printf("  %s, password demo: %s%n", account.email(), account.kind()));
        out.printf("  the code of two factors is %s; faults: POST /control/faults/NAME?times=1&number=0%n",
                simulator.control("/control/state").path("code").asString(""));
        Thread.currentThread().join();
    }

}
