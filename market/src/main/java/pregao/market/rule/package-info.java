/**
 * Rules over candles and their indicators, made of a few parts that can be put together.
 */
@NullMarked
package pregao.market.rule;

import org.jspecify.annotations.NullMarked;
