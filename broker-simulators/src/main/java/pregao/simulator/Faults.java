package pregao.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The faults that are switched on, each for a number of times.
 *
 * @param <F> the faults there are
 */
public final class Faults<F extends Enum<F>> {

    private final Map<F, Armed> armed;

    /**
     * None is switched on.
     * @param kinds the faults there are
     */
    public Faults(Class<F> kinds) {
        this.armed = new EnumMap<>(kinds);
    }

    /**
     * Switches a fault on.
     * @param fault which
     * @param times how often it strikes
     * @param number what it means is the fault's
     */
    public void arm(F fault, int times, long number) {
        this.armed.put(fault, new Armed(times, number));
    }

    /** Switches all off. */
    public void clear() {
        this.armed.clear();
    }

    /**
     * Whether a fault is due, which uses it up by one.
     * @param fault which
     * @return its number, or empty where it is off
     */
    public OptionalLong strike(F fault) {
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

    /**
     * Whether all are off.
     * @return true where nothing goes wrong any more
     */
    public boolean isEmpty() {
        return this.armed.isEmpty();
    }

    /**
     * Whether a fault is due, as above, where its number means nothing.
     * @param fault which
     * @return whether it is
     */
    public boolean strikes(F fault) {
        return strike(fault).isPresent();
    }

    private record Armed(int times, long number) {

    }

}
