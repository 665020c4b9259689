package pregao.stack;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.stack.process.StartFailed;
import pregao.stack.supervision.Parts;
import pregao.stack.supervision.Supervised;

/**
 * Who ends when: first the doors, then who works behind them, then what all use.
 */
final class StopOrder {

    private static final List<List<String>> WAVES = List.of(List.of("gateway", "strategy"),
            List.of("indicators", "session"), List.of("ingest", "polarium-simulator", "binance-simulator"),
            List.of("aggregator"), List.of(LocalStack.KAFKA, LocalStack.REDIS), List.of(LocalStack.POSTGRES));

    private static final Logger LOG = LoggerFactory.getLogger(StopOrder.class);

    private StopOrder() {
    }

    static void stop(List<Supervised> parts) {
        for (List<String> wave : WAVES) {
            try {
                Parts.together(parts.stream()
                    .filter((part) -> wave.stream().anyMatch((name) -> isOf(part.name(), name)))
                    .toList(), Supervised::close);
            }
            catch (StartFailed ex) {
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
