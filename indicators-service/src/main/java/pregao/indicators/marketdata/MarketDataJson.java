package pregao.indicators.marketdata;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

import pregao.indicators.query.Cursor;

/**
 * Writes a page as JSON, into one buffer and without an object a value.
 */
final class MarketDataJson {

    private static final int BYTES_AN_ITEM = 320;

    private static final int BYTES_AROUND = 256;

    private static final SerializableString TS = name("ts");

    private static final SerializableString OPEN = name("open");

    private static final SerializableString HIGH = name("high");

    private static final SerializableString LOW = name("low");

    private static final SerializableString CLOSE = name("close");

    private static final SerializableString VOLUME = name("volume");

    private static final SerializableString SPREAD = name("spread");

    private static final SerializableString SPREAD_UNIT = name("spread_unit");

    private static final SerializableString FINAL = name("final");

    private static final SerializableString SOURCE = name("source");

    private static final SerializableString REVISION = name("revision");

    private static final List<SerializableString> INDICATORS = List.of(name("rsi"), name("macd"), name("macd_signal"),
            name("macd_hist"), name("atr"), name("bb_upper"), name("bb_middle"), name("bb_lower"));

    private final JsonFactory factory = new JsonFactory();

    byte[] write(MarketDataPage page) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(BYTES_AROUND + BYTES_AN_ITEM * page.items().size());
        try (JsonGenerator json = this.factory.createGenerator(ObjectWriteContext.empty(), buffer)) {
            json.writeStartObject();
            json.writeStringProperty("symbol", page.query().instrument().symbol());
            json.writeStringProperty("timeframe", page.query().timeframe().name());
            json.writeStringProperty("feed", page.query().instrument().feed());
            json.writeStringProperty("convention", page.query().convention().text());
            json.writeArrayPropertyStart("items");
            for (StoredCandle candle : page.items()) {
                write(json, candle);
            }
            json.writeEndArray();
            Cursor next = page.next();
            json.writeName("next");
            json.writeString((next != null) ? next.text() : null);
            json.writeEndObject();
        }
        return buffer.toByteArray();
    }

    private static void write(JsonGenerator json, StoredCandle candle) {
        json.writeStartObject();
        json.writeName(TS);
        json.writeString(candle.ts().toString());
        number(json, OPEN, candle.open());
        number(json, HIGH, candle.high());
        number(json, LOW, candle.low());
        number(json, CLOSE, candle.close());
        number(json, VOLUME, candle.volume());
        number(json, SPREAD, candle.spread());
        if (candle.inPoints()) {
            json.writeName(SPREAD_UNIT);
            json.writeString("points");
        }
        json.writeName(FINAL);
        json.writeBoolean(candle.isFinal());
        json.writeName(SOURCE);
        json.writeString(candle.source());
        json.writeName(REVISION);
        json.writeNumber(candle.revision());
        for (SerializableString indicator : INDICATORS) {
            json.writeName(indicator);
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, SerializableString name, @Nullable String decimal) {
        json.writeName(name);
        if (decimal != null) {
            json.writeNumber(Decimals.shortest(decimal));
        }
        else {
            json.writeNull();
        }
    }

    private static SerializableString name(String text) {
        return new SerializedString(text);
    }

}
