package pregao.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A row of the table: what must be, what is hoped for, and what there is to say about it.
 *
 * @param name what is measured
 * @param must the least
 * @param aim what is hoped for
 * @param parts what is measured, each left out where its figures are missing
 */
record ReportRow(String name, String must, String aim, List<Part> parts) {

    ReportRow {
        parts = List.copyOf(parts);
    }

    static ReportRow of(String name, String must, String aim) {
        return new ReportRow(name, must, aim, List.of());
    }

    /**
     * Says a figure.
     * @param format such as {@code %.0f a second}
     * @param figure its name
     * @return the row with one part more
     */
    ReportRow figure(String format, String figure) {
        return with(new Part(format, figure, ""));
    }

    /**
     * Says how many times one figure is another.
     * @param format such as {@code %.2f × COPY}
     * @param figure the name of the one
     * @param other the name of the other
     * @return the row with one part more
     */
    ReportRow ratio(String format, String figure, String other) {
        return with(new Part(format, figure, other));
    }

    private ReportRow with(Part part) {
        List<Part> more = new ArrayList<>(this.parts);
        more.add(part);
        return new ReportRow(this.name, this.must, this.aim, more);
    }

    /**
     * The measured column.
     * @param figures of a run
     * @return empty where nothing of this row was measured
     */
    String measured(Measurements figures) {
        return this.parts.stream()
            .filter((part) -> part.isKnown(figures))
            .map((part) -> part.text(figures))
            .collect(Collectors.joining("; "));
    }

    /**
     * A number and how to say it.
     *
     * @param format with one place for a number
     * @param figure the name of the number
     * @param other the name of what it is divided by, or empty
     */
    record Part(String format, String figure, String other) {

        boolean isKnown(Measurements figures) {
            return this.other.isEmpty() ? figures.has(this.figure) : figures.has(this.figure, this.other);
        }

        String text(Measurements figures) {
            double divisor = this.other.isEmpty() ? 1 : figures.get(this.other);
            return String.format(Locale.ROOT, this.format, figures.get(this.figure) / divisor);
        }

    }

}
