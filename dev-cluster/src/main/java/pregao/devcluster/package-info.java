/**
 * The whole system on one machine: three servers, then the services in the order of the
 * flow.
 */
@NullMarked
package pregao.devcluster;

import org.jspecify.annotations.NullMarked;
