/**
 * Authentication of requests for quarantined items and conflicts: an API key or the
 * access token of a user.
 */
@NullMarked
package pregao.ingest.access;

import org.jspecify.annotations.NullMarked;
