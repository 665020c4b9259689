package pregao.devcluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.brokersimulator.SimulatorProcess;
import pregao.devcluster.supervision.SupervisedProcess;

/**
 * The brokers that are simulated beside the services.
 */
final class SupervisedSimulators {

    private SupervisedSimulators() {
    }

    /**
     * Those that are wanted, not started yet.
     * @param settings of the stack
     * @param listener is told of each change
     * @return each with its supervision
     */
    static List<SupervisedProcess> of(DevClusterConfig settings, Runnable listener) {
        Path logs = settings.home().resolve("logs");
        return Stream.of(Simulator.values()).filter(settings.simulators()::contains).map((simulator) -> {
            int port = settings.ports().of(simulator.partName());
            return new SupervisedProcess(simulator.partName(), "http://127.0.0.1:" + port,
                    () -> SimulatorProcess.start(simulator, port, logs), listener);
        }).toList();
    }

}
