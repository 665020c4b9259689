package pregao.market.dataquality;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RejectionAdvice}.
 */
class RejectionAdviceTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bid    | range         | bid is 0.000000; the EA wrote no price       | DataCollectorPRO writes
            close  | range         | close is 0                                   | DataCollectorPRO writes
            close  | range         | close is 0.0000123456; at most 8 decimals    | at most 8 decimals
            ts     | misaligned    | misaligned                                   | Timestamp_Source=TS_BAR_OPEN
            ts     | future        | ts is in the future: looks like UTC+3        | clock of the feed
            ts     | range         | ts is 20251020, which looks like the date    | ISO 8601
            close  | malformed     | close is NaN                                 | decimal point
            symbol | instruments   | symbol is X, and feed mt5 has 5,000          | pregao.ingest.instruments.per-feed
            time   | contradiction | ts and time are 21600 s apart                | one time field
            """)
    void namesTheSettingThatEndsIt(String field, String kind, String example, String setting) {
        assertThat(RejectionAdvice.of(field, kind, example))
            .hasValueSatisfying((advice) -> assertThat(advice).contains(setting));
    }

    @Test
    void saysNothingWhereNoSettingHelps() {
        assertThat(RejectionAdvice.of("high", "shape", "high 1 does not enclose open and close")).isEmpty();
        assertThat(RejectionAdvice.of("symbol", "missing", "symbol is missing")).isEmpty();
    }

}
