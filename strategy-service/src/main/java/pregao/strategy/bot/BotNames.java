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
 * The names of bots, of which a person has each once.
 */
@Component
class BotNames {

    private final JdbcClient database;

    BotNames(JdbcClient database) {
        this.database = database;
    }

    /**
     * The name that a bot gets: the one that is asked for, or else the first that is
     * free.
     * @throws pregao.webapi.problem.ProblemException 409 where another bot has it
     */
    String resolveName(UUID botId, UUID userId, BotDefinition definition) {
        if (!definition.stored().has("name")) {
            return findFreeName(definition.name(), botId, userId);
        }
        UUID otherBotId = findOtherNames(botId, userId).get(definition.name());
        if (otherBotId != null) {
            throw ProblemDefinition.conflict("bot-name-taken", "Bot %s has this name".formatted(otherBotId)).asException();
        }
        return definition.name();
    }

    /**
     * The first name that no other bot of a person has: the one given, or with a number
     * behind it.
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
