package pregao.strategy.session;

import java.util.UUID;

import tools.jackson.databind.JsonNode;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Somebody's account at a broker, as session-service knows it.
 *
 * @param id which
 * @param broker where
 * @param realMoney whether the operator and its person both allow real money
 */
public record BrokerAccount(UUID id, String broker, boolean realMoney) {

    static BrokerAccount of(UUID id, UUID person, JsonNode jsonNode) {
        if (!jsonNode.path("person").asString("").equals(person.toString())) {
            throw ProblemDefinition.notFound().asException();
        }
        return new BrokerAccount(id, jsonNode.path("broker").asString(""),
                jsonNode.path("real_money").asBoolean(false));
    }

}
