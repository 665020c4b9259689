package pregao.strategy.session;

import java.util.UUID;

import tools.jackson.databind.JsonNode;

import pregao.http.problem.Trouble;

/**
 * Somebody's account at a broker, as session-service knows it.
 *
 * @param id which
 * @param broker where
 * @param realMoney whether the operator and its person both allow real money
 */
public record BrokerAccount(UUID id, String broker, boolean realMoney) {

    static BrokerAccount of(UUID id, UUID person, JsonNode known) {
        if (!known.path("person").asString("").equals(person.toString())) {
            throw Trouble.notFound().asException();
        }
        return new BrokerAccount(id, known.path("broker").asString(""), known.path("real_money").asBoolean(false));
    }

}
