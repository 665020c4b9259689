package pregao.market.spot;

/**
 * A position that is over. All numbers are whole ones of 1e-8.
 *
 * @param isLong whether it gained as the price rose
 * @param openedAt when, epoch milliseconds
 * @param entry the price it was filled at
 * @param closedAt when, epoch milliseconds
 * @param exit the price it was closed at
 * @param quantity how much
 * @param fees of both fills, in the quote currency, each rounded half-even and, where
 * there is a fee, at least 1
 * @param profit after fees, in the quote currency, rounded half-even
 * @param reason why it ended
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 */
public record Trade(boolean isLong, long openedAt, long entry, long closedAt, long exit, long quantity, long fees,
        long profit, ExitDecision.Reason reason, boolean ambiguous) {

}
