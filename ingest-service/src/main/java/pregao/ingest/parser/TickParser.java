package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.PriceBasis;
import pregao.contracts.Volumes;
import pregao.contracts.feed.Feed;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Parser for the ticks of a request, validated one by one and written into columns.
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

    private @Nullable String shownSymbol;

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
     * Parses a body.
     * @param body the JSON
     * @param feed the feed of the caller
     * @param resolver resolves the timestamps of the request
     * @param instruments the instruments of the feed
     * @param maxItems the maximum number of items
     * @return the items, in order
     * @throws MalformedBodyException if the body cannot be split into items
     * @throws TooManyItemsException if there are too many items
     */
    public static ParsedTicks parse(BodyDecoder body, Feed feed, TimestampResolver resolver,
            FeedInstruments instruments, int maxItems) throws MalformedBodyException, TooManyItemsException {
        TimeOrder order = new TimeOrder(resolver.now());
        TickParser firstPass = parsePass(body, feed, resolver, order, instruments, maxItems);
        return (order.canDecideMore() ? parsePass(body, feed, resolver, order, instruments, maxItems)
                : firstPass).ticks;
    }

    private static TickParser parsePass(BodyDecoder body, Feed feed, TimestampResolver resolver, TimeOrder order,
            FeedInstruments instruments, int maxItems) throws MalformedBodyException, TooManyItemsException {
        return ItemStreamParser.parse(body, maxItems, () -> {
            order.beginPass();
            return new TickParser(feed, resolver, order, instruments);
        });
    }

    @Override
    public void onItemStart() {
        this.timestamp.clear();
        this.bid.clear();
        this.ask.clear();
        this.currentGroup = null;
        this.symbolError = null;
        this.shownSymbol = null;
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
        this.currentGroup = symbol.isString() ? this.instrumentIndex.findOrCreate(symbol) : null;
        this.shownSymbol = null;
        this.symbolError = null;
        if (this.currentGroup == null && !symbol.isNull()) {
            boolean full = symbol.isString() && this.instrumentIndex.isLimitExceeded();
            this.shownSymbol = symbol.isString() ? Rejection.truncate(symbol.toString()) : symbol.describe();
            this.symbolError = full ? SymbolRule.tooManyInstruments(this.instruments, symbol.describe())
                    : SymbolRule.invalid(symbol);
        }
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

    /** Reads decimals once for each instrument; ticks do not need them. */
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
        Rejection timeError = this.timestamp.findError();
        Rejection itemError = (timeError != null) ? timeError : findValueError();
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

    /** With price basis LAST, a trade is valid without a bid or an ask. */
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
        this.ticks.reject((group != null) ? group.instrument().symbol() : this.shownSymbol, this.timestamp, rejection);
    }

    @Override
    public void onNonObject(String description) {
        onItemStart();
        this.ticks.reject(null, this.timestamp,
                new Rejection("", "the item is " + description, "an object", Rejection.Kind.MALFORMED));
    }

}
