package pregao.devcluster.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

/**
 * Makes the rows of one file into the items of requests.
 *
 * <p>
 * Numbers pass as they are written. What is no number passes as a string: whether that is
 * a price is for the service to say.
 */
final class IngestItemMapper {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private static final List<String> TICK_NUMBERS = List.of("bid", "ask", "last", "volume");

    private static final List<String> CANDLE_NUMBERS = List.of("open", "high", "low", "close", "volume", "spread");

    private final TickSequencer sequence = new TickSequencer();

    private final IngestEndpoint route;

    private final int columns;

    private final int symbolColumn;

    private final int timeColumn;

    private final List<Column> numbers;

    private final String constants;

    private final @Nullable String symbol;

    IngestItemMapper(CsvHeader header, @Nullable String symbol, Timeframe timeframe, @Nullable Integer digits) {
        this.route = header.route();
        this.columns = header.columns().size();
        this.symbolColumn = header.indexOf("symbol");
        this.timeColumn = header.indexOf("ts");
        this.numbers = numbers(header);
        this.symbol = symbol;
        String ofCandles = (digits != null) ? ",\"digits\":" + digits : "";
        this.constants = (this.route == IngestEndpoint.TICKS) ? ""
                : ",\"timeframe\":\"" + timeframe.name() + "\",\"final\":true" + ofCandles;
        if (symbol == null && this.symbolColumn < 0) {
            throw new UnreadableFileException("line 1: there is no column symbol; say --symbol");
        }
    }

    private static List<Column> numbers(CsvHeader header) {
        List<Column> columns = new ArrayList<>();
        for (String name : (header.route() == IngestEndpoint.TICKS) ? TICK_NUMBERS : CANDLE_NUMBERS) {
            if (header.indexOf(name) >= 0) {
                columns.add(new Column(name, header.indexOf(name)));
            }
        }
        return columns;
    }

    /**
     * Reads a row.
     * @param number the line's number
     * @param line the line
     * @return the row
     * @throws UnreadableFileException where the line has other columns than the header,
     * no symbol or no time
     */
    CsvRow row(long number, String line) {
        String[] fields = CsvHeader.fields(line);
        if (fields.length != this.columns) {
            throw new UnreadableFileException(
                    "line %d: expected %d columns, not '%s'".formatted(number, this.columns, line));
        }
        String written = (this.symbol != null) ? this.symbol : fields[this.symbolColumn];
        String name = Instrument.symbolOf(written)
            .orElseThrow(() -> new UnreadableFileException("line %d: '%s' is no symbol".formatted(number, written)));
        String ts = fields[this.timeColumn];
        long time = time(number, ts);
        StringBuilder json = new StringBuilder(140).append("{\"symbol\":\"")
            .append(name)
            .append('"')
            .append(this.constants)
            .append(",\"ts\":\"")
            .append(ts)
            .append('"');
        if (this.route == IngestEndpoint.TICKS) {
            json.append(",\"seq\":").append(this.sequence.next(name, time));
        }
        for (Column column : this.numbers) {
            append(json, column.name(), fields[column.index()]);
        }
        return new CsvRow(number, name, time, json.append('}').toString());
    }

    private static long time(long number, String text) {
        try {
            return (text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant()).toEpochMilli();
        }
        catch (DateTimeException | ArithmeticException ex) {
            throw new UnreadableFileException(
                    "line %d: expected an ISO-8601 time with its offset, such as 2014-05-01T00:00:00.292Z, not '%s'"
                        .formatted(number, text),
                    ex);
        }
    }

    private static void append(StringBuilder json, String name, String field) {
        if (field.isEmpty()) {
            return;
        }
        json.append(",\"").append(name).append("\":");
        if (NUMBER.matcher(field).matches()) {
            json.append(field);
        }
        else {
            json.append('"').append(field.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
    }

    private record Column(String name, int index) {
    }

}
