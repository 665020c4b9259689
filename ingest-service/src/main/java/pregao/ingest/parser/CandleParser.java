package pregao.ingest.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Parser for the candles of a request. Each candle is validated separately.
 */
public final class CandleParser implements ItemHandler {

    /** Tolerance for differences between clocks: a candle may end this early. */
    private static final long END_TOLERANCE_MILLIS = 2000;

    private final TimestampResolver resolver;

    private final TimeOrder timeOrder;

    private final FeedInstruments feedInstruments;

    private final CurrentInstrument currentInstrument;

    private final List<ParsedCandle> candles = new ArrayList<>();

    private final Map<String, Instrument> instrumentsBySymbol = new HashMap<>();

    private final JsonValueSlice value = new JsonValueSlice();

    private final TimestampField timestamp = new TimestampField();

    private final CandleFieldParser fields = new CandleFieldParser();

    private final CollectionTime collectionTime = new CollectionTime();

    private @Nullable String symbol;

    private @Nullable String timeframeText;

    private String timeframeField = "timeframe";

    private @Nullable Boolean markedFinal;

    private @Nullable Rejection error;

    private CandleParser(TimestampResolver resolver, TimeOrder timeOrder, FeedInstruments feedInstruments) {
        this.resolver = resolver;
        this.timeOrder = timeOrder;
        this.feedInstruments = feedInstruments;
        this.currentInstrument = new CurrentInstrument(feedInstruments);
    }

    /**
     * Parses a body.
     * @param body the JSON
     * @param resolver resolves the timestamps of the request
     * @param instruments the instruments of the feed
     * @param maxItems the maximum number of items
     * @return the items, in order
     * @throws MalformedBodyException if the body cannot be split into items
     * @throws TooManyItemsException if there are too many items
     */
    public static List<ParsedCandle> parse(BodyDecoder body, TimestampResolver resolver, FeedInstruments instruments,
            int maxItems) throws MalformedBodyException, TooManyItemsException {
        TimeOrder timeOrder = new TimeOrder(resolver.now());
        CandleParser firstPass = parsePass(body, resolver, timeOrder, instruments, maxItems);
        return List.copyOf((timeOrder.canDecideMore() ? parsePass(body, resolver, timeOrder, instruments, maxItems)
                : firstPass).candles);
    }

    private static CandleParser parsePass(BodyDecoder body, TimestampResolver resolver, TimeOrder timeOrder,
            FeedInstruments instruments, int maxItems) throws MalformedBodyException, TooManyItemsException {
        return ItemStreamParser.parse(body, maxItems, () -> {
            timeOrder.beginPass();
            return new CandleParser(resolver, timeOrder, instruments);
        });
    }

    /**
     * Returns the time up to which buckets have ended.
     * @param resolver the resolver of the request
     * @return the latest end of a bucket that has ended, epoch milliseconds
     */
    public static long endedBy(TimestampResolver resolver) {
        return resolver.now() + END_TOLERANCE_MILLIS;
    }

    @Override
    public void onItemStart() {
        this.timestamp.clear();
        this.fields.clear();
        this.collectionTime.clear();
        this.symbol = null;
        this.timeframeText = null;
        this.markedFinal = null;
        this.error = null;
    }

    @Override
    public boolean onField(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> {
                this.value.read(parser);
                this.symbol = readString(name, this.value);
            }
            case "timeframe", "period" -> {
                this.value.read(parser);
                readTimeframe(name, this.value);
            }
            case "final", "complete" -> {
                this.value.read(parser);
                readFinal(name, this.value);
            }
            case "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> {
                this.value.read(parser);
                this.timestamp.read(name, this.value);
            }
            case "meta" -> {
                this.collectionTime.read(parser, this.value);
                return false; // meta alone does not make an item
            }
            default -> {
                return this.fields.readField(name, parser, this.value);
            }
        }
        return true;
    }

    private void readTimeframe(String name, JsonValueSlice fieldValue) {
        this.timeframeText = fieldValue.isNumber() ? fieldValue.toString() : readString(name, fieldValue);
        this.timeframeField = name;
    }

    @Override
    public boolean isInheritable(String name) {
        return switch (name) {
            case "symbol", "timeframe", "period", "final", "complete", "ts", "time", "ts_msc", "time_msc", "timestamp",
                    "time_iso", "digits", "spread_unit" ->
                true;
            default -> false;
        };
    }

    @Override
    public void onInheritedField(String name, JsonValueSlice inherited) {
        switch (name) {
            case "symbol" -> this.symbol = (this.symbol == null) ? readString(name, inherited) : this.symbol;
            case "timeframe", "period" -> {
                if (this.timeframeText == null) {
                    readTimeframe(name, inherited);
                }
            }
            case "final", "complete" -> {
                if (this.markedFinal == null) {
                    readFinal(name, inherited);
                }
            }
            case "digits", "spread_unit" -> this.fields.inherit(name, inherited);
            default -> {
                if (this.timestamp.isMissing()) {
                    this.timestamp.read(name, inherited);
                }
            }
        }
    }

    private @Nullable String readString(String name, JsonValueSlice fieldValue) {
        if (fieldValue.isString()) {
            return fieldValue.toString();
        }
        if (!fieldValue.isNull()) {
            recordError(Rejection.malformed(name, fieldValue, "a string"));
        }
        return null;
    }

    private void readFinal(String name, JsonValueSlice fieldValue) {
        if (fieldValue.isNull()) {
            return;
        }
        this.markedFinal = fieldValue.asBoolean();
        if (this.markedFinal == null) {
            recordError(Rejection.malformed(name, fieldValue, "true or false"));
        }
    }

    private void recordError(@Nullable Rejection rejection) {
        if (this.error == null) {
            this.error = rejection;
        }
    }

    @Override
    public void onItemEnd() {
        Instrument instrument = resolveInstrument();
        Timeframe timeframe = resolveTimeframe();
        recordError(this.timestamp.findError());
        Long bucket = null;
        if (timeframe != null && this.timestamp.isReadable()) {
            recordError(this.timestamp.findContradiction(this.resolver));
            bucket = findBucket(timeframe);
        }
        recordError(this.fields.findError((timeframe != null) ? timeframe.minutes() : 1));
        if (this.error == null && instrument != null && !this.currentInstrument.admit(instrument)) {
            recordError(SymbolRule.tooManyInstruments(this.feedInstruments, '"' + instrument.symbol() + '"'));
        }
        if (this.error != null || instrument == null || timeframe == null || bucket == null) {
            reject(bucket);
            return;
        }
        this.currentInstrument.updateDigits(this.fields.digits());
        long bucketEnd = this.resolver.grid().bucketEnd(timeframe, bucket);
        boolean ended = bucketEnd <= endedBy(this.resolver);
        Long collectedMillis = this.collectionTime.millis(this.resolver);
        boolean collectedEarly = collectedMillis != null && collectedMillis < bucketEnd;
        boolean isMarkedFinal = (this.markedFinal != null) ? this.markedFinal : collectedMillis != null;
        this.candles.add(new ParsedCandle.Valid(this.timestamp.originalText(),
                new Candle(instrument, timeframe, bucket, this.fields.open(), this.fields.high(), this.fields.low(),
                        this.fields.close(), this.fields.volume(), this.fields.spread(this.currentInstrument.digits()),
                        CandleSource.GIVEN, ended && isMarkedFinal && !collectedEarly, 0),
                !ended || collectedEarly));
    }

    private @Nullable Instrument resolveInstrument() {
        if (this.symbol == null) {
            recordError(Rejection.missing("symbol", SymbolRule.EXPECTED));
            return null;
        }
        Instrument cached = this.instrumentsBySymbol.get(this.symbol);
        if (cached != null) {
            return cached;
        }
        String canonicalSymbol = Instrument.symbolOf(this.symbol).orElse(null);
        if (canonicalSymbol == null) {
            recordError(SymbolRule.invalid(this.value.set(this.symbol)));
            return null;
        }
        Instrument instrument = new Instrument(this.feedInstruments.feed(), canonicalSymbol);
        this.instrumentsBySymbol.put(this.symbol, instrument);
        return instrument;
    }

    private @Nullable Timeframe resolveTimeframe() {
        if (this.timeframeText == null) {
            recordError(Rejection.missing("timeframe", TimeframeParser.EXPECTED));
            return null;
        }
        Timeframe timeframe = TimeframeParser.parse(this.timeframeText).orElse(null);
        if (timeframe == null) {
            recordError(TimeframeParser.toRejection(this.timeframeText, this.timeframeField));
        }
        return timeframe;
    }

    /** Returns the start of the bucket that contains the item's time. */
    private @Nullable Long findBucket(Timeframe timeframe) {
        TimestampParser parsedTime = this.timestamp.timestamp();
        long offset = this.resolver.offsetMillis(parsedTime);
        long utc = parsedTime.wallMillis() - offset;
        if (this.resolver.isVariable()) {
            utc = ItemTimestamp.resolve(this.resolver, parsedTime,
                    this.timeOrder.getSeries(this.symbol + '|' + timeframe, timeframe.millis()));
        }
        Rejection timeError = ItemTimestamp.findError(this.resolver, parsedTime, utc, this.timestamp.fieldName());
        recordError(timeError);
        if (utc == TimeOrder.UNKNOWN) {
            return null;
        }
        recordError(BucketStart.checkAligned(this.resolver.grid(), timeframe, utc, this.timestamp.fieldName()));
        return this.resolver.grid().bucketStart(timeframe, utc);
    }

    @Override
    public void onNonObject(String description) {
        onItemStart();
        recordError(new Rejection("", "the item is " + description, "an object", Rejection.Kind.MALFORMED));
        reject(null);
    }

    private void reject(@Nullable Long bucket) {
        if (this.error == null) {
            throw new IllegalStateException("a refused item has a fault");
        }
        this.candles.add(new ParsedCandle.Rejected(Rejection.truncateOrNull(this.symbol),
                Rejection.truncateOrNull(this.timeframeText), this.timestamp.originalText(), bucket, this.error));
    }

}
