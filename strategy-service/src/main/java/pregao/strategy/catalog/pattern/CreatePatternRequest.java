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
 * A pattern that somebody wants to have; what is not said is as in the five-candle
 * minority.
 *
 * @param id that of the address, so that what was read can be sent
 * @param name what it is to be called
 * @param timeframe {@code M1} or {@code M5}
 * @param block how many candles a block has
 * @param look the places that are looked at
 * @param choice such as {@code minority}
 * @param entry the place of the first entry
 * @param sameBlock whether that is in the block that was looked at
 * @param gales such as {@code last_candle}
 * @param unanimous whether a block in which all colours are equal is bet on
 */
record CreatePatternRequest(@Nullable UUID id, @Nullable String name, @Nullable String timeframe,
        @Nullable Integer block, @Nullable List<@Nullable Integer> look, @Nullable String choice,
        @Nullable Integer entry, @Nullable Boolean sameBlock, @Nullable String gales, @Nullable Boolean unanimous) {

    private static final int MAX_LENGTH = 60;

    private static final int LONGEST_NAME = 60;

    PatternResponse toItem(UUID id) {
        FieldValidator fields = new FieldValidator();
        fields.require(this.id == null || this.id.equals(id), "id", "that of the address");
        String called = fields.name("name", this.name, LONGEST_NAME);
        Timeframe candles = Objects.requireNonNullElse(this.timeframe, "M1").equals("M5") ? Timeframe.M5 : Timeframe.M1;
        fields.require(this.timeframe == null || this.timeframe.equals(candles.name()), "timeframe", "M1 or M5");
        int length = Objects.requireNonNullElse(this.block, 5);
        fields.require(
                length >= 2 && length <= MAX_LENGTH && Timeframe.D1.minutes() % (length * candles.minutes()) == 0,
                "block", "2 to 60 candles that a day is a multiple of");
        List<Integer> places = places(fields, length);
        SidePolicy side = EnumNames.one(SidePolicy.values(), Objects.requireNonNullElse(this.choice, "minority"))
            .orElse(null);
        fields.require(side != null, "choice", EnumNames.all(SidePolicy.values()));
        int first = Objects.requireNonNullElse(this.entry, 0);
        boolean same = Boolean.TRUE.equals(this.sameBlock);
        fields.require(first >= 0 && first < length, "entry", "a place of a block, from 0");
        fields.require(!same || places.isEmpty() || first > places.getLast(), "entry",
                "behind what is looked at, where it is in the same block");
        MartingaleSide following = EnumNames
            .one(MartingaleSide.values(), Objects.requireNonNullElse(this.gales, "same"))
            .orElse(null);
        fields.require(following != null, "gales", EnumNames.all(MartingaleSide.values()));
        fields.require(following != MartingaleSide.MATCHING_CANDLE || places.size() == 1, "look",
                "one place where gales is matching_candle");
        fields.check();
        return PatternResponse.of(id, new Pattern(called, candles, length, places, Objects.requireNonNull(side), first,
                same, Objects.requireNonNull(following), !Boolean.FALSE.equals(this.unanimous)));
    }

    private List<Integer> places(FieldValidator fields, int length) {
        List<@Nullable Integer> given = Objects.requireNonNullElse(this.look, List.of());
        boolean right = !given.isEmpty() && given.size() <= MAX_LENGTH;
        int before = -1;
        for (Integer place : given) {
            right = right && place != null && place > before && place < length;
            before = (place != null) ? place : before;
        }
        fields.require(right, "look", "places of the block, ascending, the first is 0");
        return right ? given.stream().map(Objects::requireNonNull).toList() : List.of();
    }

}
