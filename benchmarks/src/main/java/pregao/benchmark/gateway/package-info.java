/**
 * What the gateway is measured beside: a stock one, and the service behind both.
 */
@NullMarked
package pregao.benchmark.gateway;

import org.jspecify.annotations.NullMarked;
