/**
 * From paper to money by evidence: what a bot did on paper beside its backtest of the
 * same time, and bots with money that are made on the strength of it.
 */
@NullMarked
package pregao.strategy.evidence;

import org.jspecify.annotations.NullMarked;
