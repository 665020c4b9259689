package pregao.system;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;
import pregao.market.indicator.IndicatorSet;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The indicators of an instrument as the system has them, beside a computation from
 * scratch over the candles it has.
 */
final class CandleAssertions {

    private static final double CLOSE_ENOUGH = 1e-9;

    private static final String ROWS = """
            select concat_ws(' ', extract(epoch from m.ts)::bigint, m.high, m.low, m.close, coalesce(m.rsi, 'NaN'),
                coalesce(m.macd, 'NaN'), coalesce(m.macd_signal, 'NaN'), coalesce(m.macd_hist, 'NaN'),
                coalesce(m.atr, 'NaN'), coalesce(m.bb_upper, 'NaN'), coalesce(m.bb_middle, 'NaN'),
                coalesce(m.bb_lower, 'NaN'))
            from market_data m where m.feed = ? and m.symbol = ? and m.timeframe = ? order by m.ts""";

    private CandleAssertions() {
    }

    /** Waits until the stored values of every timeframe are right. */
    static void awaitStored(SystemUnderTest system, Trader trader, String symbol) {
        for (Timeframe timeframe : Timeframe.values()) {
            Await.see("right %s values of %s".formatted(timeframe, symbol),
                    () -> wrong(IndicatorConvention.PLAIN, system.sql(ROWS, trader.feed(), symbol, timeframe.name())),
                    List::isEmpty);
        }
    }

    /** Asserts that a reader gets right values in every convention. */
    static void assertRead(Trader trader, String symbol, Timeframe timeframe) {
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            List<String> rows = read(trader, symbol, timeframe, convention);
            assertThat(rows).isNotEmpty();
            assertThat(wrong(convention, rows)).as("%s %s %s", symbol, timeframe, convention).isEmpty();
        }
    }

    private static List<String> read(Trader trader, String symbol, Timeframe timeframe,
            IndicatorConvention convention) {
        List<String> rows = new ArrayList<>();
        String cursor = "&from=0";
        while (!cursor.isEmpty()) {
            Answer answer = trader.http()
                .get("/api/market-data?limit=5000&symbol=%s&timeframe=%s&convention=%s%s".formatted(symbol, timeframe,
                        convention.text(), cursor));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            answer.json().path("items").forEach((item) -> rows.add(row(item)));
            String next = answer.json().path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        }
        return rows;
    }

    private static String row(JsonNode item) {
        StringBuilder row = new StringBuilder().append(Instant.parse(item.path("ts").asString()).getEpochSecond());
        for (String price : List.of("high", "low", "close")) {
            row.append(' ').append(item.path(price).asDecimal().toPlainString());
        }
        for (String name : List.of("rsi", "macd", "macd_signal", "macd_hist", "atr", "bb_upper", "bb_middle",
                "bb_lower")) {
            row.append(' ').append(item.path(name).isNull() ? "NaN" : item.path(name).asString());
        }
        return row.toString();
    }

    /** The rows whose values are not those of their candles and the ones before. */
    private static List<String> wrong(IndicatorConvention convention, List<String> rows) {
        IndicatorSet indicators = new IndicatorSet(convention);
        List<String> wrong = new ArrayList<>();
        for (String row : rows) {
            String[] fields = row.split(" ", -1);
            long close = units(fields[3]);
            indicators.add(units(fields[1]), units(fields[2]), close);
            IndicatorValues is = new IndicatorValues(number(fields[4]), number(fields[5]), number(fields[6]),
                    number(fields[7]), number(fields[8]), number(fields[9]), number(fields[10]), number(fields[11]));
            if (differ(is, indicators.values(), close * 1e-8)) {
                wrong.add("%s should have %s".formatted(row, indicators.values()));
            }
        }
        return (wrong.size() > 3) ? wrong.subList(0, 3) : wrong;
    }

    private static long units(String price) {
        return Prices.of(new BigDecimal(price));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static boolean differ(IndicatorValues a, IndicatorValues b, double price) {
        return differ(a.rsi(), b.rsi(), 100.0) || differ(a.macd(), b.macd(), price)
                || differ(a.macdSignal(), b.macdSignal(), price) || differ(a.macdHist(), b.macdHist(), price)
                || differ(a.atr(), b.atr(), price) || differ(a.bbUpper(), b.bbUpper(), price)
                || differ(a.bbMiddle(), b.bbMiddle(), price) || differ(a.bbLower(), b.bbLower(), price);
    }

    private static boolean differ(double a, double b, double scale) {
        return Double.isNaN(a) != Double.isNaN(b) || Math.abs(a - b) > CLOSE_ENOUGH * scale;
    }

}
