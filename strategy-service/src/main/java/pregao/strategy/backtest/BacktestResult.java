package pregao.strategy.backtest;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a backtest.
 *
 * @param parts the sections of the report, in order
 * @param summary the key figures
 * @param trades the trades as JSON, up to the limit
 */
record BacktestResult(ObjectNode parts, ObjectNode summary, List<String> trades) {

}
