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
    String of(UUID bot, UUID person, BotDefinition wish) {
        if (!wish.stored().has("name")) {
            return free(wish.name(), bot, person);
        }
        UUID other = others(bot, person).get(wish.name());
        if (other != null) {
            throw ProblemDefinition.conflict("bot-name-taken", "Bot %s has this name".formatted(other)).asException();
        }
        return wish.name();
    }

    /**
     * The first name that no other bot of a person has: the one given, or with a number
     * behind it.
     */
    String free(String name, UUID bot, UUID person) {
        Map<String, UUID> others = others(bot, person);
        return Stream
            .concat(Stream.of(name),
                    IntStream.iterate(2, (number) -> number + 1).mapToObj((number) -> "%s %d".formatted(name, number)))
            .filter((each) -> !others.containsKey(each))
            .findFirst()
            .orElseThrow();
    }

    private Map<String, UUID> others(UUID bot, UUID person) {
        Map<String, UUID> others = new HashMap<>();
        this.database.sql("select id, name from strategy.bot where person = :person and id <> :bot")
            .param("person", person)
            .param("bot", bot)
            .query((row) -> {
                others.put(row.getString(2), row.getObject(1, UUID.class));
            });
        return others;
    }

}
