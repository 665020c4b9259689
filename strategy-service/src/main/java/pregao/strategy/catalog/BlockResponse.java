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
 * What a pattern made of one block, as it is told.
 *
 * @param ts the start of the block
 * @param candles the colours of the block's candles: {@code green}, {@code red},
 * {@code doji}, or null for a hole
 * @param direction of the first entry, {@code call} or {@code put}; null where there was
 * none
 * @param entryAt when the first entry's candle opens; null where there was none
 * @param entries the colours of the entries' candles, as far as they counted
 * @param outcome what came of it
 * @param level which entry won, the first is 0; where none has, how many are over; null
 * where there was none
 * @param colour by which it is shown
 */
public record BlockResponse(Instant ts, List<@Nullable String> candles, @Nullable String direction,
        @Nullable Instant entryAt, List<@Nullable String> entries, String outcome, @Nullable Integer level,
        String colour) {

    private static final int ENTRIES = 6;

    static BlockResponse of(PatternResult block, Pattern pattern, CandleColors colours) {
        Direction side = block.direction();
        long candle = pattern.timeframe().millis();
        long entry = block.start() + pattern.entryPlace() * candle;
        int over = switch (block.outcome()) {
            case WIN -> block.level() + 1;
            case LOSS, PENDING, VOID -> Math.min(block.level(), ENTRIES);
            case NULL, SKIPPED_GAP, NO_SIDE -> 0;
        };
        return new BlockResponse(Instant.ofEpochMilli(block.start()), words(colours, block.start(), pattern.block()),
                (side != null) ? EnumNames.of(side) : null, (side != null) ? Instant.ofEpochMilli(entry) : null,
                words(colours, entry, over), EnumNames.of(block.outcome()), (side != null) ? block.level() : null,
                EnumNames.of(OutcomeColor.of(block)));
    }

    private static List<@Nullable String> words(CandleColors colours, long from, int count) {
        List<@Nullable String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(switch (colours.colour(from + i * colours.timeframe().millis())) {
                case CandleColors.GREEN -> "green";
                case CandleColors.RED -> "red";
                case CandleColors.DOJI -> "doji";
                default -> null;
            });
        }
        return words;
    }

}
