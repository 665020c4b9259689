package pregao.market.indicator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RecordedCandlesTests {

    @Test
    void agreeWithTheDefinitions() throws IOException {
        for (Path file : RecordedCandles.files()) {
            Series series = RecordedCandles.read(file);
            for (IndicatorConvention convention : IndicatorConvention.values()) {
                NumericAssertions.check(convention, series);
            }
        }
    }

    @Test
    void equalTheFullHistoryToTheLastBitAfterTheirReach() throws IOException {
        Random random = new Random(1);
        for (Path file : RecordedCandles.files()) {
            Series series = RecordedCandles.read(file);
            for (IndicatorConvention convention : IndicatorConvention.values()) {
                IndicatorSet indicatorSet = new IndicatorSet(convention);
                for (int i = 0; i < series.size(); i++) {
                    series.addTo(indicatorSet, i);
                    if (i >= IndicatorSet.REACH - 1 && random.nextInt(200) == 0) {
                        assertThat(restarted(convention, series, i)).as("%s %s at %s", file, convention, i)
                            .isEqualTo(indicatorSet.values());
                    }
                }
            }
        }
    }

    private static IndicatorValues restarted(IndicatorConvention convention, Series series, int last) {
        IndicatorSet restarted = new IndicatorSet(convention);
        for (int i = last - IndicatorSet.REACH + 1; i <= last; i++) {
            series.addTo(restarted, i);
        }
        return restarted.values();
    }

    /** The sheet's first range is high - low; by the classic convention there is none. */
    @Test
    void reproduceTheSheetOfWildersAverageTrueRange() throws IOException {
        List<String[]> rows = rows("cs_atr.csv");
        long[] highs = RecordedCandles.column(rows, 1);
        long[] lows = RecordedCandles.column(rows, 2);
        long[] closes = RecordedCandles.column(rows, 3);
        AverageTrueRange atr = new AverageTrueRange(IndicatorConvention.CLASSIC, 14);
        for (int i = 0; i < rows.size(); i++) {
            atr.add(highs[i], lows[i], closes[Math.max(0, i - 1)]);
            expect(atr.value(), rows.get(i)[5], 1e-9);
        }
    }

    @Test
    void reproduceTheSheetOfBandsInEveryConvention() throws IOException {
        List<String[]> rows = rows("cs_bollinger_20_2.csv");
        long[] closes = RecordedCandles.column(rows, 1);
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            IndicatorSet indicators = new IndicatorSet(convention);
            for (int i = 0; i < rows.size(); i++) {
                indicators.add(closes[i], closes[i], closes[i]);
                expect(indicators.bbMiddle(), rows.get(i)[2], 1e-6);
                expect(indicators.bbUpper(), rows.get(i)[3], 1e-6);
                expect(indicators.bbLower(), rows.get(i)[4], 1e-6);
            }
        }
    }

    private static List<String[]> rows(String sheet) throws IOException {
        return Files.readAllLines(RecordedCandles.path("reference").resolve(sheet))
            .stream()
            .skip(1)
            .map((line) -> line.split(",", -1))
            .toList();
    }

    private static void expect(double value, String expected, double tolerance) {
        if (expected.isEmpty()) {
            assertThat(value).isNaN();
        }
        else {
            assertThat(value).isCloseTo(Double.parseDouble(expected), within(tolerance));
        }
    }

}
