/**
 * What the tests of several services need: a database with the market schema, tokens, a
 * service that runs as in earnest, event loops that must not be blocked, who may call
 * what.
 */
@NullMarked
package pregao.testsupport;

import org.jspecify.annotations.NullMarked;
