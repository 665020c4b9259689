/**
 * A random market that trades live through the HTTP API.
 */
@NullMarked
package pregao.devcluster.marketgenerator;

import org.jspecify.annotations.NullMarked;
