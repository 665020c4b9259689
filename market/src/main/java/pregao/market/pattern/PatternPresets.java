package pregao.market.pattern;

import java.util.List;
import java.util.Optional;

import pregao.contracts.Timeframe;

/**
 * The patterns that traders know by name. Where authors differ, each definition has its
 * own.
 */
public final class PatternPresets {

    /** All five candles, the minority. */
    public static final Pattern MINORITY = next("Minoria", List.of(0, 1, 2, 3, 4), SidePolicy.MINORITY, 0);

    /** All of them, the default first. */
    public static final List<Pattern> ALL = List.of(MINORITY,
            next("Milhão Maioria", List.of(0, 1, 2, 3, 4), SidePolicy.MAJORITY, 0),
            next("MHI 1", List.of(2, 3, 4), SidePolicy.MINORITY, 0),
            next("MHI 2", List.of(2, 3, 4), SidePolicy.MINORITY, 1),
            next("MHI 3", List.of(2, 3, 4), SidePolicy.MINORITY, 2),
            next("MHI 1 Maioria", List.of(2, 3, 4), SidePolicy.MAJORITY, 0),
            next("MHI 2 Maioria", List.of(2, 3, 4), SidePolicy.MAJORITY, 1),
            next("MHI 3 Maioria", List.of(2, 3, 4), SidePolicy.MAJORITY, 2),
            same("Padrão 23", List.of(0), SidePolicy.REPEAT, 1),
            same("Torres Gêmeas", List.of(0), SidePolicy.REPEAT, 4),
            same("Três Mosqueteiros", List.of(2), SidePolicy.REPEAT, 3),
            same("Três Vizinhos", List.of(3), SidePolicy.REPEAT, 4),
            next("Vituxo", List.of(0, 1, 2), SidePolicy.MAJORITY, 2),
            next("D21", List.of(0, 2, 3), SidePolicy.MINORITY, 0),
            next("Padrão 3x1", List.of(0, 1, 2), SidePolicy.MINORITY, 0),
            same("Triplicação", List.of(0, 1), SidePolicy.REPEAT, 2),
            same("Não Triplicação", List.of(0, 1), SidePolicy.OPPOSITE, 2),
            next("Melhor de 3", List.of(2, 3, 4), SidePolicy.MAJORITY, 2),
            new Pattern("C3 quadrante anterior", Timeframe.M1, 5, List.of(0), SidePolicy.REPEAT, 0, false,
                    MartingaleSide.MATCHING_CANDLE, true),
            new Pattern("C3 última vela", Timeframe.M1, 5, List.of(4), SidePolicy.REPEAT, 0, false,
                    MartingaleSide.LAST_CANDLE, true),
            new Pattern("MHI M5", Timeframe.M5, 6, List.of(3, 4, 5), SidePolicy.MINORITY, 0, false, MartingaleSide.SAME,
                    true));

    private PatternPresets() {
    }

    /**
     * The pattern of a name.
     * @param name as in {@link #ALL}
     * @return empty where there is none
     */
    public static Optional<Pattern> named(String name) {
        return ALL.stream().filter((pattern) -> pattern.name().equals(name)).findFirst();
    }

    private static Pattern next(String name, List<Integer> look, SidePolicy choice, int entry) {
        return new Pattern(name, Timeframe.M1, 5, look, choice, entry, false, MartingaleSide.SAME, true);
    }

    private static Pattern same(String name, List<Integer> look, SidePolicy choice, int entry) {
        return new Pattern(name, Timeframe.M1, 5, look, choice, entry, true, MartingaleSide.SAME, true);
    }

}
