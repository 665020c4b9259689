package pregao.strategy.session;

import java.util.UUID;

import tools.jackson.databind.JsonNode;

import pregao.webapi.problem.ProblemDefinition;

/**
 * An account at a broker, as session-service knows it.
 *
 * @param id the id of the account
 * @param broker the name of the broker
 * @param realMoney whether both the operator and the user allow real money
 */
public record BrokerAccount(UUID id, String broker, boolean realMoney) {

    static BrokerAccount of(UUID id, UUID userId, JsonNode json) {
        if (!json.path("person").asString("").equals(userId.toString())) {
            throw ProblemDefinition.notFound().asException();
        }
        return new BrokerAccount(id, json.path("broker").asString(""), json.path("real_money").asBoolean(false));
    }

}
