/**
 * How prices of brokers get into the system: by ingest's public door, as anybody's.
 */
@NullMarked
package pregao.session.ingest;

import org.jspecify.annotations.NullMarked;
