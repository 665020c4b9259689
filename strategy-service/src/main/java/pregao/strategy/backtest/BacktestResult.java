package pregao.strategy.backtest;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a trial.
 *
 * @param parts of the report, in order
 * @param summary in short
 * @param trades as JSON, as many as are kept
 */
record BacktestResult(ObjectNode parts, ObjectNode summary, List<String> trades) {

}
