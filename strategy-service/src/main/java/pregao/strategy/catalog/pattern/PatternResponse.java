package pregao.strategy.catalog.pattern;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.market.pattern.MartingaleSide;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.SidePolicy;

/**
 * A pattern, as in responses and in the database. Its JSON schema is
 * {@code pattern.schema.json}.
 *
 * @param id the id of a user's own pattern, or null for a preset pattern
 * @param name the name that traders use
 * @param timeframe the timeframe of the candles, {@code M1} or {@code M5}
 * @param block the number of candles of a block
 * @param look the positions of the evaluated candles in the block
 * @param choice the policy that selects a side from their colors
 * @param entry the position of the first entry
 * @param sameBlock whether the first entry is in the evaluated block
 * @param gales the side of the entries after a lost one
 * @param unanimous whether to enter after a block whose evaluated candles all have the
 * same color
 */
public record PatternResponse(@Nullable UUID id, String name, String timeframe, int block, List<Integer> look,
        String choice, int entry, boolean sameBlock, String gales, boolean unanimous) {

    public PatternResponse {
        look = List.copyOf(look);
    }

    /**
     * Creates a response.
     * @param id the id of a user's own pattern, or null
     * @param pattern the pattern
     * @return the response
     */
    public static PatternResponse of(@Nullable UUID id, Pattern pattern) {
        return new PatternResponse(id, pattern.name(), pattern.timeframe().name(), pattern.block(), pattern.look(),
                EnumNames.nameOf(pattern.choice()), pattern.entry(), pattern.sameBlock(),
                EnumNames.nameOf(pattern.gales()), pattern.unanimous());
    }

    /**
     * Converts to a pattern.
     * @return the pattern
     * @throws IllegalArgumentException if the stored values are not a pattern
     */
    public Pattern toPattern() {
        return new Pattern(this.name, Timeframe.valueOf(this.timeframe), this.block, this.look,
                SidePolicy.valueOf(this.choice.toUpperCase(Locale.ROOT)), this.entry, this.sameBlock,
                MartingaleSide.valueOf(this.gales.toUpperCase(Locale.ROOT)), this.unanimous);
    }

}
