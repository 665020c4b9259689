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
 * A pattern as it is told and kept; the schema of it is beside.
 *
 * @param id of one's own, or null for those that everybody has
 * @param name what traders call it
 * @param timeframe of the candles, {@code M1} or {@code M5}
 * @param block how many candles a block has
 * @param look the places in the block that are looked at
 * @param choice how a side is chosen from them
 * @param entry the place of the first entry
 * @param sameBlock whether that is in the block that was looked at
 * @param gales on which side the entries after a lost one are
 * @param unanimous whether a block in which all colours are equal is bet on
 */
public record PatternResponse(@Nullable UUID id, String name, String timeframe, int block, List<Integer> look,
        String choice, int entry, boolean sameBlock, String gales, boolean unanimous) {

    public PatternResponse {
        look = List.copyOf(look);
    }

    /**
     * A pattern as it is told.
     * @param id of one's own, or null
     * @param pattern which
     * @return all of it
     */
    public static PatternResponse of(@Nullable UUID id, Pattern pattern) {
        return new PatternResponse(id, pattern.name(), pattern.timeframe().name(), pattern.block(), pattern.look(),
                EnumNames.nameOf(pattern.choice()), pattern.entry(), pattern.sameBlock(),
                EnumNames.nameOf(pattern.gales()), pattern.unanimous());
    }

    /**
     * The pattern.
     * @return by which blocks are read
     * @throws IllegalArgumentException where what was kept is none
     */
    public Pattern toPattern() {
        return new Pattern(this.name, Timeframe.valueOf(this.timeframe), this.block, this.look,
                SidePolicy.valueOf(this.choice.toUpperCase(Locale.ROOT)), this.entry, this.sameBlock,
                MartingaleSide.valueOf(this.gales.toUpperCase(Locale.ROOT)), this.unanimous);
    }

}
