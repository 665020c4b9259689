package pregao.strategy.ledger;

import pregao.market.risk.RiskRejectReason;

/**
 * Why nothing is opened.
 *
 * @param why in a word
 * @param words in words, for the owner
 */
public record RiskRejection(RiskRejectReason why, String words) {

}
