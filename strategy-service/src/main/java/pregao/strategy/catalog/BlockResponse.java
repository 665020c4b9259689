package pregao.strategy.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.market.pattern.CandleColors;
import pregao.market.pattern.Direction;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternResult;
import pregao.strategy.catalog.pattern.EnumNames;

/**
 * The outcome of a pattern in one block.
 *
 * @param ts the start of the block
 * @param candles the colors of the candles of the block: {@code green}, {@code red},
 * {@code doji}, or null for a missing candle
 * @param direction the direction of the first entry, {@code call} or {@code put}; null
 * without an entry
 * @param entryAt the open time of the candle of the first entry; null without an entry
 * @param entries the colors of the candles of the entries that counted
 * @param outcome the outcome of the block
 * @param level the entry that won, 0 for the first; the number of finished entries if
 * none won; null without an entry
 * @param colour the color in which the outcome is shown
 */
public record BlockResponse(Instant ts, List<@Nullable String> candles, @Nullable String direction,
        @Nullable Instant entryAt, List<@Nullable String> entries, String outcome, @Nullable Integer level,
        String colour) {

    private static final int MAX_ENTRIES = 6;

    static BlockResponse of(PatternResult block, Pattern pattern, CandleColors colors) {
        Direction direction = block.direction();
        long candleMillis = pattern.timeframe().millis();
        long entryTime = block.start() + pattern.entryPlace() * candleMillis;
        int finishedEntries = switch (block.outcome()) {
            case WIN -> block.level() + 1;
            case LOSS, PENDING, VOID -> Math.min(block.level(), MAX_ENTRIES);
            case NULL, SKIPPED_GAP, NO_SIDE -> 0;
        };
        return new BlockResponse(Instant.ofEpochMilli(block.start()),
                toColorNames(colors, block.start(), pattern.block()),
                (direction != null) ? EnumNames.nameOf(direction) : null,
                (direction != null) ? Instant.ofEpochMilli(entryTime) : null,
                toColorNames(colors, entryTime, finishedEntries), EnumNames.nameOf(block.outcome()),
                (direction != null) ? block.level() : null, EnumNames.nameOf(OutcomeColor.of(block)));
    }

    private static List<@Nullable String> toColorNames(CandleColors colors, long from, int count) {
        List<@Nullable String> names = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            names.add(switch (colors.colour(from + index * colors.timeframe().millis())) {
                case CandleColors.GREEN -> "green";
                case CandleColors.RED -> "red";
                case CandleColors.DOJI -> "doji";
                default -> null;
            });
        }
        return names;
    }

}
