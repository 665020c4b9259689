/**
 * Settings and owners of feeds, from the service's properties and from the topic
 * {@code feed}.
 */
@NullMarked
package pregao.ingest.feed;

import org.jspecify.annotations.NullMarked;
