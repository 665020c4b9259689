package pregao.market.quality;

/**
 * Why a candle or a tick is not believed.
 *
 * @param field the price that is furthest off, {@code high} or {@code low} of a candle,
 * {@code price} of a tick
 * @param price that price, units of 1e-8
 * @param median of the neighbours' closes or prices, units of 1e-8
 * @param neighbours how many there are
 */
public record Doubt(String field, long price, long median, int neighbours) {

    public Doubt {
        if (neighbours < 1 || neighbours > Neighbours.MOST) {
            throw new IllegalArgumentException("1 to 20 neighbours make a doubt, not " + neighbours);
        }
    }

}
