/**
 * How prices of brokers get into the system: by ingest's public door, as anybody's.
 */
@NullMarked
package pregao.session.broker.ingest;

import org.jspecify.annotations.NullMarked;
