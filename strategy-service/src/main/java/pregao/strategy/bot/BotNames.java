package pregao.strategy.bot;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Chooses the names of bots, which are unique for each user.
 */
@Component
class BotNames {

    private final JdbcClient database;

    BotNames(JdbcClient database) {
        this.database = database;
    }

    /**
     * Returns the name for a bot: the requested one, or the first free default name.
     * @throws pregao.webapi.problem.ProblemException 409 if another bot of the user has
     * the requested name
     */
    String resolveName(UUID botId, UUID userId, BotDefinition definition) {
        if (!definition.stored().has("name")) {
            return findFreeName(definition.name(), botId, userId);
        }
        UUID otherBotId = findOtherNames(botId, userId).get(definition.name());
        if (otherBotId != null) {
            throw ProblemDefinition.conflict("bot-name-taken", "Bot %s has this name".formatted(otherBotId))
                .asException();
        }
        return definition.name();
    }

    /**
     * Returns a name that no other bot of the user has: the given one, or the given one
     * with the lowest free number, starting with 2.
     */
    String findFreeName(String name, UUID botId, UUID userId) {
        Map<String, UUID> otherNames = findOtherNames(botId, userId);
        return Stream
            .concat(Stream.of(name),
                    IntStream.iterate(2, (number) -> number + 1).mapToObj((number) -> "%s %d".formatted(name, number)))
            .filter((candidate) -> !otherNames.containsKey(candidate))
            .findFirst()
            .orElseThrow();
    }

    private Map<String, UUID> findOtherNames(UUID botId, UUID userId) {
        Map<String, UUID> otherNames = new HashMap<>();
        this.database.sql("select id, name from strategy.bot where person = :person and id <> :bot")
            .param("person", userId)
            .param("bot", botId)
            .query((row) -> {
                otherNames.put(row.getString(2), row.getObject(1, UUID.class));
            });
        return otherNames;
    }

}
