package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.PriceBasis;
import pregao.contracts.Volumes;
import pregao.contracts.feed.Feed;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Ticks of a request, each judged on its own, straight into columns.
 */
public final class TickParser implements ItemHandler {

    private final TimestampResolver resolver;

    private final TimeOrder timeOrder;

    private final FeedInstruments instruments;

    private final boolean usesLastPrice;

    private final ParsedTicks ticks = new ParsedTicks();

    private final InstrumentTicksIndex instrumentIndex;

    private final JsonValueSlice value = new JsonValueSlice();

    private final TimestampField timestamp = new TimestampField();

    private final PriceParser bid = new PriceParser("bid");

    private final PriceParser ask = new PriceParser("ask");

    private @Nullable InstrumentTicks currentGroup;

    private @Nullable Rejection symbolError;

    private @Nullable String symbolText;

    private long last;

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private int flags;

    private int seq;

    private int digits;

    private @Nullable Rejection error;

    private TickParser(Feed feed, TimestampResolver resolver, TimeOrder timeOrder, FeedInstruments instruments) {
        this.resolver = resolver;
        this.timeOrder = timeOrder;
        this.instruments = instruments;
        this.usesLastPrice = feed.basis() == PriceBasis.LAST;
        this.instrumentIndex = new InstrumentTicksIndex(instruments, this.ticks);
    }

    /**
     * Reads a body.
     * @param body the JSON
     * @param feed the caller's feed
     * @param resolver what the request's times mean
     * @param instruments of the feed
     * @param maxItems how many items the body may have
     * @return its items in their order
     * @throws MalformedBodyException where items cannot be told from each other
     * @throws TooManyItemsException where there are too many
     */
    public static ParsedTicks parse(BodyDecoder body, Feed feed, TimestampResolver resolver, FeedInstruments instruments,
            int maxItems) throws MalformedBodyException, TooManyItemsException {
        TimeOrder timeOrder = new TimeOrder(resolver.now());
        TickParser firstPass = parsePass(body, feed, resolver, timeOrder, instruments, maxItems);
        return (timeOrder.canDecideMore() ? parsePass(body, feed, resolver, timeOrder, instruments, maxItems) : firstPass).ticks;
    }

    private static TickParser parsePass(BodyDecoder body, Feed feed, TimestampResolver resolver, TimeOrder timeOrder,
            FeedInstruments instruments, int maxItems) throws MalformedBodyException, TooManyItemsException {
        return ItemStreamParser.parse(body, maxItems, () -> {
            timeOrder.beginPass();
            return new TickParser(feed, resolver, timeOrder, instruments);
        });
    }

    @Override
    public void onItemStart() {
        this.timestamp.clear();
        this.bid.clear();
        this.ask.clear();
        this.currentGroup = null;
        this.symbolError = null;
        this.symbolText = null;
        this.last = 0;
        this.volume = BigDecimal.ZERO;
        this.volumeRank = 0;
        this.flags = 0;
        this.seq = -1;
        this.digits = FeedInstruments.UNKNOWN_DIGITS;
        this.error = null;
    }

    @Override
    public boolean onField(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> {
                this.value.read(parser);
                readSymbol(this.value);
            }
            case "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> {
                this.value.read(parser);
                this.timestamp.read(name, this.value);
            }
            case "bid" -> this.bid.read(parser, this.value);
            case "ask" -> this.ask.read(parser, this.value);
            case "last" -> readLast(parser);
            case "volume" -> readVolume(4, name, parser);
            case "tick_volume" -> readVolume(3, name, parser);
            case "real_volume" -> readVolume(2, name, parser);
            case "volume_real" -> readVolume(1, name, parser);
            case "flags" -> this.flags = readWholeNumber(name, parser, 0);
            case "seq" -> this.seq = readWholeNumber(name, parser, -1);
            case "digits" -> readDigits(parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isInheritable(String name) {
        return switch (name) {
            case "symbol", "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> true;
            default -> false;
        };
    }

    @Override
    public void onInheritedField(String name, JsonValueSlice inherited) {
        if (!name.equals("symbol")) {
            if (this.timestamp.isMissing()) {
                this.timestamp.read(name, inherited);
            }
        }
        else if (this.currentGroup == null && this.symbolError == null) {
            readSymbol(inherited);
        }
    }

    private void readSymbol(JsonValueSlice symbol) {
        this.currentGroup = null;
        if (symbol.isString()) {
            this.currentGroup = this.instrumentIndex.findOrCreate(symbol);
        }
        boolean invalid = this.currentGroup == null && !symbol.isNull();
        this.symbolText = invalid ? symbol.isString() ? Rejection.truncate(symbol.toString()) : symbol.describe() : null;
        this.symbolError = invalid ? (symbol.isString() && this.instrumentIndex.isLimitExceeded())
                ? SymbolRule.tooManyInstruments(this.instruments, symbol.describe()) : SymbolRule.invalidSymbol(symbol) : null;
    }

    private void readLast(JsonParser parser) {
        boolean readable = this.value.read(parser);
        if (this.value.isNull()) {
            return;
        }
        this.last = readable ? FixedPointParser.parseUnits(this.value) : FixedPointParser.NOT_A_NUMBER;
        if (this.last < 0) {
            recordError(Rejection.malformed("last", this.value, "0 or " + PriceParser.EXPECTED));
        }
    }

    private void readVolume(int rank, String name, JsonParser parser) {
        boolean readable = this.value.read(parser);
        if (this.value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal parsed = readable ? FixedPointParser.parseVolume(this.value) : null;
        if (parsed == null || !Volumes.fits(parsed, 1)) {
            recordError((parsed == null) ? Rejection.malformed(name, this.value, CandleFieldParser.EXPECTED_VOLUME)
                    : Rejection.outOfRange(name, this.value.describe(), CandleFieldParser.EXPECTED_VOLUME));
            return;
        }
        this.volume = parsed;
        this.volumeRank = rank;
    }

    /** A tick needs no digits, so the first of an instrument say enough. */
    private void readDigits(JsonParser parser) {
        InstrumentTicks group = this.currentGroup;
        if (group != null && group.hasDigits()) {
            parser.skipChildren();
            return;
        }
        boolean readable = this.value.read(parser);
        long number = readable ? FixedPointParser.parseWhole(this.value) : FixedPointParser.NOT_A_NUMBER;
        this.digits = (number < 0 || number > Integer.MAX_VALUE) ? FeedInstruments.UNKNOWN_DIGITS : (int) number;
    }

    private int readWholeNumber(String name, JsonParser parser, int defaultValue) {
        boolean readable = this.value.read(parser);
        if (this.value.isNull()) {
            return defaultValue;
        }
        long number = readable ? FixedPointParser.parseWhole(this.value) : -1;
        if (number < 0 || number > Integer.MAX_VALUE) {
            recordError(Rejection.malformed(name, this.value, "a whole number from 0 to 2147483647"));
            return defaultValue;
        }
        return (int) number;
    }

    private void recordError(@Nullable Rejection rejection) {
        if (this.error == null) {
            this.error = rejection;
        }
    }

    @Override
    public void onItemEnd() {
        InstrumentTicks group = this.currentGroup;
        if (group == null) {
            Rejection invalidSymbol = this.symbolError;
            reject((invalidSymbol != null) ? invalidSymbol : Rejection.missing("symbol", SymbolRule.EXPECTED));
            return;
        }
        Rejection itemError = this.timestamp.findError();
        if (itemError == null) {
            itemError = findValueError();
        }
        if (itemError == null) {
            itemError = this.timestamp.findContradiction(this.resolver);
        }
        if (itemError != null) {
            reject(itemError);
            return;
        }
        add(group);
    }

    private void add(InstrumentTicks group) {
        TimestampParser parsedTime = this.timestamp.timestamp();
        long utc = parsedTime.wallMillis() - this.resolver.offsetMillis(parsedTime);
        if (this.resolver.isVariable()) {
            utc = ItemTimestamp.resolve(this.resolver, parsedTime, group.timeSeries(this.timeOrder));
        }
        Rejection timeError = ItemTimestamp.findError(this.resolver, parsedTime, utc, this.timestamp.fieldName());
        if (timeError == null && !group.isAdmitted()) {
            timeError = admit(group);
        }
        if (timeError != null) {
            reject(timeError);
            return;
        }
        if (this.digits >= 0) {
            this.instruments.updateDigits(group.instrument().symbol(), this.digits);
            group.markDigitsKnown();
        }
        boolean added = group.add(utc, this.seq, this.bid.unitsOrUnknown(), this.ask.unitsOrUnknown(), this.last,
                this.volume, this.flags);
        this.ticks.add(group, utc, !added, this.timestamp);
    }

    private @Nullable Rejection admit(InstrumentTicks group) {
        if (!this.instruments.admit(group.instrument().symbol())) {
            return SymbolRule.tooManyInstruments(this.instruments, '"' + group.instrument().symbol() + '"');
        }
        group.markAdmitted();
        return null;
    }

    /** Where trades make candles, one counts also where nobody quotes a side. */
    private @Nullable Rejection findValueError() {
        boolean isTrade = this.usesLastPrice && this.last > 0;
        Rejection valueError = (isTrade && this.bid.isUnknown()) ? null : this.bid.findError();
        if (valueError == null && !(isTrade && this.ask.isUnknown())) {
            valueError = this.ask.findError();
        }
        return (valueError != null) ? valueError : this.error;
    }

    private void reject(Rejection rejection) {
        InstrumentTicks group = this.currentGroup;
        this.ticks.reject((group != null) ? group.instrument().symbol() : this.symbolText, this.timestamp, rejection);
    }

    @Override
    public void onNonObject(String description) {
        onItemStart();
        this.ticks.reject(null, this.timestamp,
                new Rejection("", "the item is " + description, "an object", Rejection.Kind.MALFORMED));
    }

}
