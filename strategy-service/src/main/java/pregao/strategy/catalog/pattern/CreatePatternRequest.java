package pregao.strategy.catalog.pattern;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.market.pattern.MartingaleSide;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.SidePolicy;
import pregao.webapi.problem.FieldValidator;

/**
 * The request to create or replace a pattern. Missing fields have the values of the
 * five-candle minority.
 *
 * @param id the id in the URL, accepted so that clients can send back what they have read
 * @param name the name of the pattern
 * @param timeframe {@code M1} or {@code M5}
 * @param block the number of candles of a block
 * @param look the positions of the evaluated candles in the block
 * @param choice the side policy, such as {@code minority}
 * @param entry the position of the first entry
 * @param sameBlock whether the first entry is in the evaluated block
 * @param gales the side of further entries, such as {@code last_candle}
 * @param unanimous whether to enter after a block whose evaluated candles all have the
 * same color
 */
record CreatePatternRequest(@Nullable UUID id, @Nullable String name, @Nullable String timeframe,
        @Nullable Integer block, @Nullable List<@Nullable Integer> look, @Nullable String choice,
        @Nullable Integer entry, @Nullable Boolean sameBlock, @Nullable String gales, @Nullable Boolean unanimous) {

    private static final int MAX_BLOCK_LENGTH = 60;

    private static final int MAX_NAME_LENGTH = 60;

    PatternResponse toResponse(UUID id) {
        FieldValidator validator = new FieldValidator();
        validator.require(this.id == null || this.id.equals(id), "id", "that of the address");
        String validName = validator.name("name", this.name, MAX_NAME_LENGTH);
        Timeframe candleTimeframe = Objects.requireNonNullElse(this.timeframe, "M1").equals("M5") ? Timeframe.M5
                : Timeframe.M1;
        validator.require(this.timeframe == null || this.timeframe.equals(candleTimeframe.name()), "timeframe",
                "M1 or M5");
        int blockLength = Objects.requireNonNullElse(this.block, 5);
        validator.require(
                blockLength >= 2 && blockLength <= MAX_BLOCK_LENGTH
                        && Timeframe.D1.minutes() % (blockLength * candleTimeframe.minutes()) == 0,
                "block", "2 to 60 candles that a day is a multiple of");
        List<Integer> positions = parsePositions(validator, blockLength);
        SidePolicy sidePolicy = EnumNames.find(SidePolicy.values(), Objects.requireNonNullElse(this.choice, "minority"))
            .orElse(null);
        validator.require(sidePolicy != null, "choice", EnumNames.joinNames(SidePolicy.values()));
        int entryPosition = Objects.requireNonNullElse(this.entry, 0);
        boolean isSameBlock = Boolean.TRUE.equals(this.sameBlock);
        validator.require(entryPosition >= 0 && entryPosition < blockLength, "entry", "a place of a block, from 0");
        validator.require(!isSameBlock || positions.isEmpty() || entryPosition > positions.getLast(), "entry",
                "behind what is looked at, where it is in the same block");
        MartingaleSide martingaleSide = EnumNames
            .find(MartingaleSide.values(), Objects.requireNonNullElse(this.gales, "same"))
            .orElse(null);
        validator.require(martingaleSide != null, "gales", EnumNames.joinNames(MartingaleSide.values()));
        validator.require(martingaleSide != MartingaleSide.MATCHING_CANDLE || positions.size() == 1, "look",
                "one place where gales is matching_candle");
        validator.check();
        return PatternResponse.of(id,
                new Pattern(validName, candleTimeframe, blockLength, positions, Objects.requireNonNull(sidePolicy),
                        entryPosition, isSameBlock, Objects.requireNonNull(martingaleSide),
                        !Boolean.FALSE.equals(this.unanimous)));
    }

    private List<Integer> parsePositions(FieldValidator validator, int blockLength) {
        List<@Nullable Integer> positions = Objects.requireNonNullElse(this.look, List.of());
        boolean isValid = !positions.isEmpty() && positions.size() <= MAX_BLOCK_LENGTH;
        int previous = -1;
        for (Integer position : positions) {
            isValid = isValid && position != null && position > previous && position < blockLength;
            previous = (position != null) ? position : previous;
        }
        validator.require(isValid, "look", "places of the block, ascending, the first is 0");
        return isValid ? positions.stream().map(Objects::requireNonNull).toList() : List.of();
    }

}
