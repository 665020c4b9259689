/**
 * Backtests: single runs, parameter sweeps, walk-forward tests and option tests, which
 * run as jobs and store reports.
 */
@NullMarked
package pregao.strategy.backtest;

import org.jspecify.annotations.NullMarked;
