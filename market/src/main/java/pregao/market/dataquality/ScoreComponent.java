package pregao.market.dataquality;

/**
 * What a score is made of. How much each counts is fixed, so that scores can be compared.
 */
public enum ScoreComponent {

    /** Candles missing in gaps, of those expected; all missing is worth nothing. */
    COMPLETENESS("completeness", 50, 1),
    /** How many candles of open market the last one is behind. */
    FRESHNESS("freshness", 20, 1),
    /** Final candles sent again with other values; one in a hundred is worth nothing. */
    CONFLICTS("conflicts", 10, 100),
    /** Snapshots that became final by succession; one in twenty is worth nothing. */
    SNAPSHOTS("snapshots", 10, 20),
    /** Quotes with the ask below the bid; one in a hundred is worth nothing. */
    CROSSED("crossed", 10, 100),
    /** Candles held in quarantine; one in a hundred is worth nothing. */
    QUARANTINED("quarantined", 10, 100);

    private static final int BEST = 100;

    private final String text;

    private final int weight;

    private final int severity;

    ScoreComponent(String text, int weight, int severity) {
        this.text = text;
        this.weight = weight;
        this.severity = severity;
    }

    /**
     * The name in answers.
     * @return in small letters
     */
    public String text() {
        return this.text;
    }

    /**
     * How much it counts.
     * @return beside the weights of the other parts
     */
    public int weight() {
        return this.weight;
    }

    /**
     * The points for a share, rounded down, so that 100 means without fault.
     * @param bad how many are bad
     * @param of of how many, at least 1
     * @return 0 to 100
     */
    int points(long bad, long of) {
        double lost = (double) bad * this.severity / of;
        return (bad == 0) ? BEST : (int) Math.clamp(Math.floor(BEST * (1 - lost)), 0, BEST - 1);
    }

}
