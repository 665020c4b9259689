package pregao.session.identity.security;

import java.util.Set;
import java.util.UUID;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Authenticated user of a request.
 *
 * @param id the user ID
 * @param login the login ID
 * @param roles the current roles, regardless of the token
 */
public record AuthenticatedUser(UUID id, UUID login, Set<Role> roles) {

    public AuthenticatedUser {
        roles = Set.copyOf(roles);
    }

    /**
     * Returns whether the user is an admin.
     * @return true for an admin
     */
    public boolean isAdmin() {
        return this.roles.contains(Role.ADMIN);
    }

    /**
     * Requires that the user is an admin.
     * @throws pregao.webapi.problem.ProblemException 403 for other users
     */
    public void requireAdmin() {
        if (!isAdmin()) {
            throw ProblemDefinition.forbidden("The role admin is missing").asException();
        }
    }

}
