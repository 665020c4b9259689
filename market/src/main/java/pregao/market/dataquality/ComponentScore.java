package pregao.market.dataquality;

/**
 * One part of a score.
 *
 * @param aspect what it is about
 * @param points 0 to 100
 * @param reason why, in words
 */
public record ComponentScore(ScoreComponent aspect, int points, String reason) {

    private static final int BEST = 100;

    public ComponentScore {
        if (points < 0 || points > BEST) {
            throw new IllegalArgumentException("points are 0 to 100, not " + points);
        }
    }

    static ComponentScore share(ScoreComponent aspect, long bad, long of, String words) {
        return new ComponentScore(aspect, aspect.points(bad, of), "%d of %d %s".formatted(bad, of, words));
    }

}
