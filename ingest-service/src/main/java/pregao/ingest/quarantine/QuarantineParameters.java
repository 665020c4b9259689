package pregao.ingest.quarantine;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.ingest.access.Caller;
import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * The parameters of a request for a page of the quarantine, or of conflicts.
 */
public final class QuarantineParameters {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private static final int LIMIT = 100;

    private final MultiValueMap<String, String> given;

    private QuarantineParameters(MultiValueMap<String, String> given) {
        this.given = given;
    }

    /**
     * Reads parameters.
     * @param given by the caller
     * @param caller who asks
     * @return the page that is wanted
     * @throws IngestException 400 where one is not understood, 404 for another feed,
     * whether it is there or not
     */
    static QuarantineQuery read(MultiValueMap<String, String> given, Caller caller) {
        QuarantineParameters parameters = new QuarantineParameters(given);
        return parameters.read(caller.resolveFeed(parameters.text("feed")));
    }

    private QuarantineQuery read(String feed) {
        String state = text("state");
        QuarantineQuery.State wanted = (state == null) ? QuarantineQuery.State.HELD
                : QuarantineQuery.State.of(state).orElseThrow(() -> bad("state", "held or released"));
        return new QuarantineQuery(feed, wanted, symbol(), timeframe(true), before(), limit());
    }

    /**
     * Reads the parameters of a page of conflicts.
     * @param given by the caller
     * @param caller who asks
     * @return the page that is wanted
     * @throws IngestException as {@link #read(MultiValueMap, Caller)}
     */
    public static ConflictQuery readConflicts(MultiValueMap<String, String> given, Caller caller) {
        QuarantineParameters parameters = new QuarantineParameters(given);
        String feed = caller.resolveFeed(parameters.text("feed"));
        String state = parameters.text("state");
        ConflictQuery.State wanted = (state == null) ? ConflictQuery.State.OPEN
                : ConflictQuery.State.of(state).orElseThrow(() -> bad("state", "open or accepted"));
        return new ConflictQuery(feed, wanted, parameters.symbol(), parameters.timeframe(false), parameters.before(),
                parameters.limit());
    }

    private @Nullable String symbol() {
        String sent = text("symbol");
        return (sent == null) ? null : Instrument.symbolOfQuery(sent)
            .orElseThrow(() -> bad("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
    }

    private @Nullable String timeframe(boolean orTick) {
        String timeframe = text("timeframe");
        boolean tick = orTick && BulkReleaseRequest.TICK.equals(timeframe);
        if (timeframe != null && !tick && Timeframe.named(timeframe).isEmpty()) {
            throw bad("timeframe", orTick ? "M1, M5, M15, M30, H1, H4, D1 or tick" : "M1, M5, M15, M30, H1, H4 or D1");
        }
        return timeframe;
    }

    private long before() {
        String cursor = text("cursor");
        return (cursor == null) ? Long.MAX_VALUE
                : number(cursor).orElseThrow(() -> bad("cursor", "next of the previous page"));
    }

    private int limit() {
        String text = text("limit");
        if (text == null) {
            return LIMIT;
        }
        return number(text).filter((number) -> number <= QuarantineQuery.MAX_LENGTH)
            .orElseThrow(() -> bad("limit", "1 to " + QuarantineQuery.MAX_LENGTH))
            .intValue();
    }

    private @Nullable String text(String name) {
        String text = this.given.getFirst(name);
        return (text == null || text.isEmpty()) ? null : text;
    }

    /**
     * Reads the number of an item.
     * @param text as it stands in a path
     * @return the number, or nothing where it is none
     */
    public static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static IngestException bad(String parameter, String expected) {
        return IngestException.of(ProblemType.BAD_REQUEST, "%s is not %s".formatted(parameter, expected))
            .error(new IngestException.FieldError(-1, parameter, expected, "not understood"));
    }

}
