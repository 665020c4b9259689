/**
 * Publishes prices of brokers through the public API of ingest, with the API key of a
 * feed.
 */
@NullMarked
package pregao.session.broker.ingest;

import org.jspecify.annotations.NullMarked;
