package pregao.market.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import pregao.market.statistics.BenjaminiHochberg;

/**
 * The best of a catalogue, with what having looked at many does to their worth.
 *
 * @param best the best first
 * @param looked how many instruments had a sample that is large enough
 * @param found how many of those differ from chance, among all, not only the best
 */
public record Ranking(List<Ranked> best, int looked, int found) {

    /** The part of finds that may be there by chance alone. */
    public static final double LEVEL = 0.05;

    public Ranking {
        best = List.copyOf(best);
    }

    /**
     * Ranks.
     * @param results of one catalogue
     * @param by what counts
     * @param least how many cycles must be over for a rate to be ranked
     * @param most how many are kept
     * @return the best
     */
    public static Ranking of(List<CatalogResult> results, Criterion by, int least, int most) {
        List<CatalogResult> looked = results.stream()
            .filter((result) -> result.evidence().sample() >= Math.max(1, least))
            .toList();
        double[] adjusted = BenjaminiHochberg
            .adjusted(looked.stream().mapToDouble((result) -> result.evidence().pValue()).toArray());
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            ranked.add(new Ranked(looked.get(i), adjusted[i]));
        }
        ranked.sort(by.order);
        return new Ranking(ranked.subList(0, Math.min(most, ranked.size())), looked.size(),
                BenjaminiHochberg.found(adjusted, LEVEL));
    }

    /**
     * One of the best.
     *
     * @param result how the pattern did
     * @param adjusted the p-value, corrected for all instruments that were looked at
     */
    public record Ranked(CatalogResult result, double adjusted) {

        /**
         * Whether it differs from chance.
         * @return false for what looking at so many instruments brings up by itself
         */
        public boolean differs() {
            return this.adjusted <= LEVEL;
        }

    }

    /**
     * What counts.
     */
    public enum Criterion {

        /** The rate of wins, then direct wins, then fewer losses, then the symbol. */
        RATE(Comparator.comparingDouble((Ranked one) -> -one.result().evidence().rate())),
        /** What a cycle brought, then as above. */
        EXPECTED(Comparator.comparingDouble((Ranked one) -> -one.result().evidence().expected()));

        @SuppressWarnings("ImmutableEnumChecker") // comparators of fields have no state
        private final Comparator<Ranked> order;

        Criterion(Comparator<Ranked> first) {
            this.order = first.thenComparingDouble((one) -> -one.result().evidence().rate())
                .thenComparingInt((one) -> -one.result().tally().direct())
                .thenComparingInt((one) -> one.result().tally().losses())
                .thenComparing((one) -> one.result().instrument().symbol())
                .thenComparing((one) -> one.result().instrument().feed());
        }

    }

}
