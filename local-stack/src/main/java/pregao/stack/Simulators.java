package pregao.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import pregao.stack.simulator.Simulator;
import pregao.stack.simulator.SimulatorProcess;
import pregao.stack.supervision.Supervised;

/**
 * The brokers that are simulated beside the services.
 */
final class Simulators {

    private Simulators() {
    }

    /**
     * Those that are wanted, not started yet.
     * @param settings of the stack
     * @param listener is told of each change
     * @return each with its supervision
     */
    static List<Supervised> of(StackSettings settings, Runnable listener) {
        Path logs = settings.home().resolve("logs");
        return Stream.of(Simulator.values()).filter(settings.simulators()::contains).map((simulator) -> {
            int port = settings.ports().of(simulator.partName());
            return new Supervised(simulator.partName(), "http://127.0.0.1:" + port,
                    () -> SimulatorProcess.start(simulator, port, logs), listener);
        }).toList();
    }

}
