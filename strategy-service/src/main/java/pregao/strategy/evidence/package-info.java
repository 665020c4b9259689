/**
 * Compares paper bots with a backtest of the same period, and promotes bots to broker
 * accounts on the basis of such reports.
 */
@NullMarked
package pregao.strategy.evidence;

import org.jspecify.annotations.NullMarked;
