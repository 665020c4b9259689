package pregao.devcluster;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.devcluster.process.StartupException;
import pregao.devcluster.supervision.SupervisedProcess;
import pregao.devcluster.supervision.SupervisedProcesses;

/**
 * Who ends when: first the doors, then who works behind them, then what all use.
 */
final class ShutdownOrder {

    private static final List<List<String>> WAVES = List.of(List.of("gateway", "strategy"),
            List.of("indicators", "session"), List.of("ingest", "polarium-simulator", "binance-simulator"),
            List.of("aggregator"), List.of(DevCluster.KAFKA, DevCluster.REDIS), List.of(DevCluster.POSTGRES));

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownOrder.class);

    private ShutdownOrder() {
    }

    static void stop(List<SupervisedProcess> parts) {
        for (List<String> wave : WAVES) {
            try {
                SupervisedProcesses.together(parts.stream()
                    .filter((part) -> wave.stream().anyMatch((name) -> isOf(part.name(), name)))
                    .toList(), SupervisedProcess::close);
            }
            catch (StartupException ex) {
                LOG.warn("not all of {} ended in order: {}", wave, ex.getMessage()); // the
                                                                                     // others
                                                                                     // do
                                                                                     // all
                                                                                     // the
                                                                                     // same
            }
        }
    }

    /** A replica is called like the first, with a number. */
    private static boolean isOf(String part, String name) {
        return part.equals(name) || part.startsWith(name + "-");
    }

}
