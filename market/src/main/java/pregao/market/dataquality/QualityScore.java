package pregao.market.dataquality;

import java.util.List;

/**
 * How good the candles of one instrument are, in one number with what it is made of.
 *
 * @param points the mean of the parts by their weights, rounded down, 0 to 100
 * @param parts what could be measured, at least one
 */
public record QualityScore(int points, List<ComponentScore> parts) {

    public QualityScore {
        parts = List.copyOf(parts);
    }

    /**
     * The score of parts. What could not be measured is left out, and the others count
     * for more.
     * @param parts at least one
     * @return the score
     */
    public static QualityScore of(List<ComponentScore> parts) {
        int weights = parts.stream().mapToInt((part) -> part.aspect().weight()).sum();
        if (weights == 0) {
            throw new IllegalArgumentException("a score has at least one part");
        }
        int points = parts.stream().mapToInt((part) -> part.points() * part.aspect().weight()).sum();
        return new QualityScore(points / weights, parts);
    }

}
