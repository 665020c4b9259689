package pregao.session.identity.security;

import java.util.Set;
import java.util.UUID;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Who is asking.
 *
 * @param id the person
 * @param login by which login of theirs
 * @param roles what they are now, whatever the token says
 */
public record AuthenticatedUser(UUID id, UUID login, Set<Role> roles) {

    public AuthenticatedUser {
        roles = Set.copyOf(roles);
    }

    /**
     * Whether they run the installation.
     * @return true for an admin
     */
    public boolean isAdmin() {
        return this.roles.contains(Role.ADMIN);
    }

    /**
     * Lets only admins go on.
     * @throws pregao.webapi.problem.ProblemException 403 for others
     */
    public void requireAdmin() {
        if (!isAdmin()) {
            throw ProblemDefinition.forbidden("The role admin is missing").asException();
        }
    }

}
