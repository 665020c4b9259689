package pregao.strategy.security;

import java.util.UUID;

import org.springframework.security.core.AuthenticatedPrincipal;

import pregao.webapi.problem.ProblemDefinition;

/**
 * The authenticated user of a request.
 *
 * @param id the id of the user; for an API key, of its owner
 * @param feed the default feed of an API key, for instruments without a feed; empty for
 * none
 * @param mayTrade whether the token has the scope {@code trade}
 * @param admin whether the user has the role {@code admin}
 */
public record AuthenticatedUser(UUID id, String feed, boolean mayTrade,
        boolean admin) implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return this.id.toString();
    }

    /**
     * Requires the scope {@code trade}.
     * @throws pregao.webapi.problem.ProblemException 403 if the scope is missing
     */
    public void requireTradeScope() {
        if (!this.mayTrade) {
            throw ProblemDefinition.forbidden("The scope trade is missing").asException();
        }
    }

    /**
     * Requires the role {@code admin}.
     * @throws pregao.webapi.problem.ProblemException 403 if the role is missing
     */
    public void requireAdmin() {
        if (!this.admin) {
            throw ProblemDefinition.forbidden("The role admin is missing").asException();
        }
    }

}
