package pregao.strategy.catalog.pattern;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.http.problem.Fields;
import pregao.market.pattern.Choice;
import pregao.market.pattern.Gales;
import pregao.market.pattern.Pattern;

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
record PatternWish(@Nullable UUID id, @Nullable String name, @Nullable String timeframe, @Nullable Integer block,
        @Nullable List<@Nullable Integer> look, @Nullable String choice, @Nullable Integer entry,
        @Nullable Boolean sameBlock, @Nullable String gales, @Nullable Boolean unanimous) {

    private static final int LONGEST = 60;

    private static final int LONGEST_NAME = 60;

    PatternItem toItem(UUID id) {
        Fields fields = new Fields();
        fields.require(this.id == null || this.id.equals(id), "id", "that of the address");
        String called = fields.name("name", this.name, LONGEST_NAME);
        Timeframe candles = Objects.requireNonNullElse(this.timeframe, "M1").equals("M5") ? Timeframe.M5 : Timeframe.M1;
        fields.require(this.timeframe == null || this.timeframe.equals(candles.name()), "timeframe", "M1 or M5");
        int length = Objects.requireNonNullElse(this.block, 5);
        fields.require(length >= 2 && length <= LONGEST && Timeframe.D1.minutes() % (length * candles.minutes()) == 0,
                "block", "2 to 60 candles that a day is a multiple of");
        List<Integer> places = places(fields, length);
        Choice side = Words.one(Choice.values(), Objects.requireNonNullElse(this.choice, "minority")).orElse(null);
        fields.require(side != null, "choice", Words.all(Choice.values()));
        int first = Objects.requireNonNullElse(this.entry, 0);
        boolean same = Boolean.TRUE.equals(this.sameBlock);
        fields.require(first >= 0 && first < length, "entry", "a place of a block, from 0");
        fields.require(!same || places.isEmpty() || first > places.getLast(), "entry",
                "behind what is looked at, where it is in the same block");
        Gales following = Words.one(Gales.values(), Objects.requireNonNullElse(this.gales, "same")).orElse(null);
        fields.require(following != null, "gales", Words.all(Gales.values()));
        fields.require(following != Gales.MATCHING_CANDLE || places.size() == 1, "look",
                "one place where gales is matching_candle");
        fields.check();
        return PatternItem.of(id, new Pattern(called, candles, length, places, Objects.requireNonNull(side), first,
                same, Objects.requireNonNull(following), !Boolean.FALSE.equals(this.unanimous)));
    }

    private List<Integer> places(Fields fields, int length) {
        List<@Nullable Integer> given = Objects.requireNonNullElse(this.look, List.of());
        boolean right = !given.isEmpty() && given.size() <= LONGEST;
        int before = -1;
        for (Integer place : given) {
            right = right && place != null && place > before && place < length;
            before = (place != null) ? place : before;
        }
        fields.require(right, "look", "places of the block, ascending, the first is 0");
        return right ? given.stream().map(Objects::requireNonNull).toList() : List.of();
    }

}
