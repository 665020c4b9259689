package pregao.strategy.security;

import java.util.UUID;

import org.springframework.security.core.AuthenticatedPrincipal;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Who is asking.
 *
 * @param id the person; whose key it is, where an API key asks
 * @param feed whose instruments are meant where only a symbol is said; empty for none
 * @param mayTrade whether money may be moved
 * @param admin whether the person runs the installation
 */
public record AuthenticatedUser(UUID id, String feed, boolean mayTrade,
        boolean admin) implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return this.id.toString();
    }

    /**
     * Lets only those go on who may move money.
     * @throws pregao.webapi.problem.ProblemException 403 for others
     */
    public void requireTradeScope() {
        if (!this.mayTrade) {
            throw ProblemDefinition.forbidden("The scope trade is missing").asException();
        }
    }

    /**
     * Lets only admins go on.
     * @throws pregao.webapi.problem.ProblemException 403 for others
     */
    public void requireAdmin() {
        if (!this.admin) {
            throw ProblemDefinition.forbidden("The role admin is missing").asException();
        }
    }

}
