/**
 * What services of the installation may ask of each other, and how they show who they
 * are.
 */
@NullMarked
package pregao.contracts.service;

import org.jspecify.annotations.NullMarked;
