package pregao.strategy.ledger;

import pregao.market.risk.RiskRejectReason;

/**
 * The reason why risk management does not allow an entry.
 *
 * @param why the reason code
 * @param words the explanation for the owner
 */
public record RiskRejection(RiskRejectReason why, String words) {

}
