package pregao.simulator.binance;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The faults that are switched on, each for a number of times.
 */
final class Faults {

    private final Map<Fault, Armed> armed = new EnumMap<>(Fault.class);

    void arm(Fault fault, int times, long number) {
        this.armed.put(fault, new Armed(times, number));
    }

    void clear() {
        this.armed.clear();
    }

    /**
     * Whether a fault is due, which uses it up by one.
     * @param fault which
     * @return its number, or empty where it is off
     */
    OptionalLong strike(Fault fault) {
        Armed found = this.armed.get(fault);
        if (found == null) {
            return OptionalLong.empty();
        }
        if (found.times() <= 1) {
            this.armed.remove(fault);
        }
        else {
            this.armed.put(fault, new Armed(found.times() - 1, found.number()));
        }
        return OptionalLong.of(found.number());
    }

    boolean isEmpty() {
        return this.armed.isEmpty();
    }

    boolean strikes(Fault fault) {
        return strike(fault).isPresent();
    }

    private record Armed(int times, long number) {

    }

}
