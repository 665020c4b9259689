package pregao.devcluster.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The first line of a file: which column is where, and so what the rows are.
 *
 * @param columns names in lower case, in order
 */
record CsvHeader(List<String> columns) {

    private static final List<String> OF_TICKS = List.of("ts", "bid", "ask");

    private static final List<String> OF_CANDLES = List.of("ts", "open", "high", "low", "close", "volume");

    private static final Pattern COMMA = Pattern.compile(",");

    CsvHeader {
        columns = List.copyOf(columns);
    }

    /**
     * Reads the first line.
     * @param line the line, or null where the file is empty
     * @return the header
     * @throws UnreadableFileException where the rows would be neither ticks nor candles
     */
    static CsvHeader parse(@Nullable String line) {
        if (line == null) {
            throw new UnreadableFileException("the file is empty");
        }
        String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
        CsvHeader header = new CsvHeader(
                Arrays.stream(fields(text)).map((name) -> name.strip().toLowerCase(Locale.ROOT)).toList());
        if (!header.columns.containsAll(OF_TICKS) && !header.columns.containsAll(OF_CANDLES)) {
            throw new UnreadableFileException(
                    "line 1: expected the columns symbol,%s[,last,volume] or symbol,%s[,spread], not '%s'"
                        .formatted(String.join(",", OF_TICKS), String.join(",", OF_CANDLES), line));
        }
        return header;
    }

    static String[] fields(String line) {
        return COMMA.split(line, -1);
    }

    IngestEndpoint route() {
        return this.columns.containsAll(OF_TICKS) ? IngestEndpoint.TICKS : IngestEndpoint.CANDLES;
    }

    /**
     * Where a column is.
     * @param name in lower case
     * @return its index, or -1 where there is none
     */
    int indexOf(String name) {
        return this.columns.indexOf(name);
    }

}
