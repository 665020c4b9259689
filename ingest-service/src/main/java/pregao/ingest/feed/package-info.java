/**
 * What is known of each feed, from settings and from its topic.
 */
@NullMarked
package pregao.ingest.feed;

import org.jspecify.annotations.NullMarked;
