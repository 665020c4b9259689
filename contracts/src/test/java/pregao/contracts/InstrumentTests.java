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
            "WIN$N", "WDO$", "@ES", "Volatility 75 Index", "Volatility 75 (1s) Index", "EURUSD!", "EURUSD^", "币安人生USDT",
            "AÇÃO", "A'B", "X~Y", "निफ्टी", "١٢", "𝐀B", "12345678901234567890123456789012",
            "币安人生币安人生币安人生币安人生币安人生币安人生币安人生币安人生" })
    void takesSymbolsAsSent(String symbol) {
        Instrument instrument = new Instrument("mt5-main", symbol);

        assertThat(instrument.symbol()).isEqualTo(symbol);
        assertThat(instrument.key()).isEqualTo("mt5-main|" + symbol);
        assertThat(Instrument.ofKey(instrument.key())).isEqualTo(instrument);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", " EURUSD", "EURUSD ", "EUR|USD", "EURUSD\n", "EUR\tUSD", "EURUSD\0", "€URUSD",
            "A;B", "A\"B", "A%B", "A\\B", "A\u00A0B", "A\u200BB", "\u0301A", "A\u0301", "\uD835", "½", "😀",
            "123456789012345678901234567890123" })
    void refusesOtherSymbols(String symbol) {
        assertThat(Instrument.isSymbol(symbol)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Instrument("mt5", symbol));
    }

    @Test
    void trimsAndComposesWhatIsSent() {
        assertThat(Instrument.symbolOf(" \tAC\u0327A\u0303O\n")).hasValue("AÇÃO");
        assertThat(Instrument.symbolOf("EURUSD")).hasValue("EURUSD");
        assertThat(Instrument.symbolOf("A|B")).isEmpty();
        assertThat(Instrument.symbolOf("   ")).isEmpty();
        assertThat(Instrument.symbolOf("A".repeat(1_000_000))).isEmpty();
    }

    @Test
    void readsAPlusThatWasNotEscapedAtTheEndOfAParameter() {
        assertThat(Instrument.symbolOfQuery("XAUUSD ")).hasValue("XAUUSD+");
        assertThat(Instrument.symbolOfQuery("Volatility 75 Index")).hasValue("Volatility 75 Index");
        assertThat(Instrument.symbolOfQuery(" ")).hasValue("+");
    }

    @Test
    void saysTheSameByItsPattern() {
        java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(Instrument.SYMBOL_PATTERN);
        for (int character = 0; character < 0x3000; character++) {
            String text = "A" + Character.toString(character) + "A";
            boolean composed = java.text.Normalizer.isNormalized(text, java.text.Normalizer.Form.NFC);
            assertThat(Instrument.isSymbol(text)).as("U+%04X", character)
                .isEqualTo(composed && pattern.matcher(text).matches());
        }
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
