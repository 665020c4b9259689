package pregao.market.spot;

import java.math.BigDecimal;

/**
 * A position that is over.
 *
 * @param isLong whether it gained as the price rose
 * @param openedAt when, epoch milliseconds
 * @param entry the price it was filled at, units of 1e-8
 * @param closedAt when, epoch milliseconds
 * @param exit the price it was closed at, units of 1e-8
 * @param quantity how much
 * @param fees of both fills
 * @param profit after fees, in the quote currency, 8 decimals
 * @param reason why it ended
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 */
public record Trade(boolean isLong, long openedAt, long entry, long closedAt, long exit, BigDecimal quantity,
        BigDecimal fees, BigDecimal profit, Exit.Reason reason, boolean ambiguous) {

}
