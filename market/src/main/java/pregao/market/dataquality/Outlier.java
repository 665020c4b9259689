package pregao.market.dataquality;

/**
 * Why a candle or a tick is not believed.
 *
 * @param field the price that is furthest off, {@code high} or {@code low} of a candle,
 * {@code price} of a tick
 * @param price that price, units of 1e-8
 * @param median of the neighbours' closes or prices, units of 1e-8
 * @param neighbours how many there are
 */
public record Outlier(String field, long price, long median, int neighbours) {

    public Outlier {
        if (neighbours < 1 || neighbours > OutlierDetector.MAX_COUNT) {
            throw new IllegalArgumentException("1 to 20 neighbours make a doubt, not " + neighbours);
        }
    }

}
