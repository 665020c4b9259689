package pregao.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import pregao.contracts.Timeframe;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice of recorded ticks and the M1 candles that belong to it.
 *
 * @param file the ticks
 * @param ticks its rows
 * @param candles the rows of the candles in the same time
 * @param from the first minute
 * @param to behind the last one
 */
record Recording(Path file, List<String> ticks, List<String> candles, Instant from, Instant to) {

    Recording {
        ticks = List.copyOf(ticks);
        candles = List.copyOf(candles);
    }

    /**
     * The EURUSD of May 2014 between two times on a minute.
     */
    static Recording euro(Path folder, String from, String to) {
        List<String> ticks = RecordedData.lines(RecordedData.EURUSD_TICKS, (line) -> within(line, from, to));
        List<String> candles = RecordedData.lines(RecordedData.EURUSD_M1, (line) -> within(line, from, to));
        return new Recording(RecordedData.slice(folder, RecordedData.EURUSD_TICKS, ticks), ticks, candles,
                Instant.parse(from), Instant.parse(to));
    }

    /** All times of the files have the same zone, so their texts sort as they do. */
    private static boolean within(String line, String from, String to) {
        String time = line.substring(line.indexOf(',') + 1).substring(0, "2014-05-01T00:00:00".length());
        return time.compareTo(from.replace("Z", "")) >= 0 && time.compareTo(to.replace("Z", "")) < 0;
    }

    /**
     * The same for several symbols at once.
     */
    Recording forSymbols(Path folder, List<String> symbols) {
        List<String> rows = this.ticks.stream()
            .flatMap((line) -> symbols.stream().map((symbol) -> symbol + line.substring(line.indexOf(','))))
            .toList();
        try {
            Path several = java.nio.file.Files.createDirectories(folder.resolve("several"));
            return new Recording(RecordedData.slice(several, RecordedData.EURUSD_TICKS, rows), this.ticks, this.candles,
                    this.from, this.to);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What is stored is what was recorded: each M1, none missing, none extra; each longer
     * candle the fold of its M1; each tick once, in order.
     */
    void assertStored(SystemUnderTest system, Trader trader, String symbol) {
        List<String> expected = this.candles.stream().map(Recording::prices).toList();
        List<ReadCandle> minutes = Await.see("the M1 of " + trader.feed() + "|" + symbol + " as recorded",
                Await.REQUEST_TIMEOUT, () -> everything(trader, symbol, Timeframe.M1),
                (read) -> read.stream().map(ReadCandle::prices).toList().equals(expected)
                        && read.stream().allMatch(ReadCandle::complete));
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            List<String> folded = fold(minutes, timeframe);
            Await.see(timeframe + " of " + trader.feed() + "|" + symbol + " folded from M1",
                    () -> everything(trader, symbol, timeframe).stream().map(ReadCandle::values).toList(),
                    folded::equals);
        }
        assertThat(storedTicks(system, trader, symbol)).isEqualTo(expectedTicks());
        assertThat(minutes.stream().mapToLong((minute) -> minute.volume().longValueExact()).sum())
            .isEqualTo(this.ticks.size());
    }

    private static List<ReadCandle> everything(Trader trader, String symbol, Timeframe timeframe) {
        return trader.read(symbol, timeframe.name(), Instant.parse("2000-01-01T00:00:00Z"),
                Instant.parse("2030-01-01T00:00:00Z"));
    }

    private static String prices(String line) {
        String[] fields = line.split(",", -1);
        return Stream.of(fields)
            .skip(2)
            .limit(4)
            .map((field) -> new BigDecimal(field).stripTrailingZeros().toPlainString())
            .reduce(fields[1], (text, price) -> text + " " + price);
    }

    private static List<String> fold(List<ReadCandle> minutes, Timeframe timeframe) {
        Map<Instant, List<ReadCandle>> buckets = new java.util.LinkedHashMap<>();
        for (ReadCandle minute : minutes) {
            Instant start = Instant.ofEpochMilli(timeframe.bucketStart(minute.ts().toEpochMilli()));
            buckets.computeIfAbsent(start, (key) -> new ArrayList<>()).add(minute);
        }
        return buckets.entrySet().stream().map((bucket) -> fold(bucket.getKey(), bucket.getValue()).values()).toList();
    }

    private static ReadCandle fold(Instant start, List<ReadCandle> minutes) {
        BigDecimal spreads = minutes.stream().map(ReadCandle::spread).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ReadCandle(start, minutes.getFirst().open(),
                minutes.stream().map(ReadCandle::high).max(BigDecimal::compareTo).orElseThrow(),
                minutes.stream().map(ReadCandle::low).min(BigDecimal::compareTo).orElseThrow(),
                minutes.getLast().close(),
                minutes.stream().map(ReadCandle::volume).reduce(BigDecimal::add).orElseThrow(),
                spreads.divide(BigDecimal.valueOf(minutes.size()), 8, java.math.RoundingMode.HALF_UP)
                    .stripTrailingZeros(),
                true, "rollup", 1);
    }

    private List<String> expectedTicks() {
        Map<String, Integer> seen = new HashMap<>();
        return this.ticks.stream().map((line) -> {
            String[] fields = line.split(",", -1);
            return tick(fields[1], seen.merge(fields[1], 1, Integer::sum) - 1, fields[2], fields[3]);
        }).toList();
    }

    private static List<String> storedTicks(SystemUnderTest system, Trader trader, String symbol) {
        return system.sql("""
                select (tick ->> 'ts') || ' ' || coalesce(tick ->> 'seq', '0') || ' ' || (tick ->> 'bid') || ' '
                       || (tick ->> 'ask')
                from market.market_data_raw, jsonb_array_elements(data) with ordinality as element(tick, place)
                where feed = ? and symbol = ?
                order by minute, part, place
                """, trader.feed(), symbol).stream().map((row) -> {
            String[] fields = row.split(" ", -1);
            return tick(fields[0], Integer.parseInt(fields[1]), fields[2], fields[3]);
        }).toList();
    }

    private static String tick(String ts, int seq, String bid, String ask) {
        return "%s %d %s %s".formatted(Instant.parse(ts), seq, new BigDecimal(bid).stripTrailingZeros(),
                new BigDecimal(ask).stripTrailingZeros());
    }

}
