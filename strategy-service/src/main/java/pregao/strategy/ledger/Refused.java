package pregao.strategy.ledger;

import pregao.market.risk.Refusal;

/**
 * Why nothing is opened.
 *
 * @param why in a word
 * @param words in words, for the owner
 */
public record Refused(Refusal why, String words) {

}
