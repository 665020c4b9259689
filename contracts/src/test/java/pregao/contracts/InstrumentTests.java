package pregao.contracts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InstrumentTests {

    @ParameterizedTest
    @ValueSource(strings = { "EURUSD", "EURUSD.m", "#AAPL", "US500_cash", "BTC/USDT", "EURUSD-OTC", "S&P+1", "a",
            "12345678901234567890123456789012" })
    void takesSymbolsAsSent(String symbol) {
        Instrument instrument = new Instrument("mt5-main", symbol);

        assertThat(instrument.symbol()).isEqualTo(symbol);
        assertThat(instrument.key()).isEqualTo("mt5-main|" + symbol);
        assertThat(Instrument.ofKey(instrument.key())).isEqualTo(instrument);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "EUR USD", "EUR|USD", "EURUSD\n", "EURUSD\0", "€URUSD", "A;B", "A'B", "A\"B",
            "A%B", "123456789012345678901234567890123" })
    void refusesOtherSymbols(String symbol) {
        assertThat(Instrument.isSymbol(symbol)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument("mt5", symbol));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "MT5", "mt_5", "mt5|", "mt5\n", "123456789012345678901234567890123" })
    void refusesOtherFeeds(String feed) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument(feed, "EURUSD"));
    }

    @ParameterizedTest
    @CsvSource({ "EURUSD", "''", "|", "mt5|", "|EURUSD", "mt5|EUR|USD" })
    void refusesOtherKeys(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> Instrument.ofKey(key));
    }

    @Test
    void tellsCasesApart() {
        assertThat(new Instrument("mt5", "eurusd")).isNotEqualTo(new Instrument("mt5", "EURUSD"));
    }

}
