package pregao.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured in one run, by name: lines of {@code name=number} in a file, to which
 * each measurement adds its own.
 */
public final class Measurements {

    private static final String MINUS = " - ";

    private final Map<String, Double> values = new HashMap<>();

    /**
     * Reads what a run found.
     * @param file the lines; of two with one name the later counts
     * @return the figures
     */
    public static Measurements read(Path file) throws IOException {
        Measurements figures = new Measurements();
        for (String line : Files.readAllLines(file)) {
            int equals = line.lastIndexOf('=');
            figures.values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
        }
        return figures;
    }

    /**
     * Adds one to a file.
     * @param file where to; it need not exist
     * @param name such as {@code us.ticks.rate}
     * @param value the number
     */
    public static void append(Path file, String name, double value) throws IOException {
        Files.writeString(file, String.format(Locale.ROOT, "%s=%s%n", name, value), StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    boolean has(String... names) {
        for (String name : names) {
            if (optional(name).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    double get(String name) {
        return optional(name).orElseThrow();
    }

    /**
     * A figure, or what one is more than another.
     * @param name such as {@code a}, or {@code a - b}
     * @return empty where it was not measured
     */
    OptionalDouble optional(String name) {
        int minus = name.indexOf(MINUS);
        if (minus >= 0) {
            OptionalDouble one = optional(name.substring(0, minus));
            OptionalDouble other = optional(name.substring(minus + MINUS.length()));
            return (one.isPresent() && other.isPresent()) ? OptionalDouble.of(one.getAsDouble() - other.getAsDouble())
                    : OptionalDouble.empty();
        }
        Double value = this.values.get(name);
        return (value != null) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

}
