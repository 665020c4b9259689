package pregao.strategy.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import pregao.market.rule.Strategy;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.json.ExactJson;
import pregao.webapi.problem.ProblemDefinition;

/**
 * The table of the strategies of users.
 */
@Component
public class StrategyRepository {

    /** The maximum number of strategies per user. */
    static final int MAX_PER_USER = 200;

    private static final String SELECT = "select id, body, created_at, updated_at from strategy.strategy where ";

    private static final String UPSERT = """
            insert into strategy.strategy (person, id, body, created_at, updated_at)
            values (:person, :id, cast(:body as json), :now, :now)
            on conflict (person, id) do update set body = excluded.body, updated_at = excluded.updated_at""";

    private final JdbcClient database;

    private final Clock clock;

    StrategyRepository(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Creates or replaces a strategy.
     * @param userId the user who owns the strategy
     * @param id the id, chosen by the caller
     * @param strategy the strategy
     * @return the stored strategy
     * @throws pregao.webapi.problem.ProblemException 409 if the user has too many
     * strategies, or another one with the same name
     */
    @Transactional
    public Stored save(UUID userId, UUID id, Strategy strategy) {
        AdvisoryLock.STRATEGIES.lock(this.database, userId);
        long otherCount = this.database
            .sql("select count(*) from strategy.strategy where person = :person and id <> :id")
            .param("person", userId)
            .param("id", id)
            .query(Long.class)
            .single();
        if (otherCount >= MAX_PER_USER) {
            throw ProblemDefinition.conflict("too-many", "You keep %d strategies".formatted(MAX_PER_USER))
                .asException();
        }
        this.database
            .sql("select id from strategy.strategy where person = :person and id <> :id and body->>'name' = :name")
            .param("person", userId)
            .param("id", id)
            .param("name", strategy.name())
            .query(UUID.class)
            .stream()
            .findFirst()
            .ifPresent((otherId) -> {
                throw ProblemDefinition.conflict("strategy-name-taken", "Strategy %s has this name".formatted(otherId))
                    .asException();
            });
        this.database.sql(UPSERT)
            .param("person", userId)
            .param("id", id)
            .param("body", ExactJson.write(StrategyJsonMapper.write(strategy)))
            .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
            .update();
        return find(userId, id).orElseThrow();
    }

    /**
     * Returns a strategy of a user.
     * @param userId the user who owns the strategy
     * @param id the id of the strategy
     * @return the strategy, or empty if the user has none with this id
     */
    public Optional<Stored> find(UUID userId, UUID id) {
        return this.database.sql(SELECT + "person = :person and id = :id")
            .param("person", userId)
            .param("id", id)
            .query(StrategyRepository::mapRow)
            .optional();
    }

    /**
     * Returns a preset or a strategy of a user.
     * @param userId the user
     * @param nameOrId the name of a preset, or the id of a strategy of the user
     * @return the strategy, or null if there is none
     */
    public @Nullable Strategy findByNameOrId(UUID userId, String nameOrId) {
        Strategy preset = StrategyPresets.ALL.get(nameOrId);
        if (preset != null) {
            return preset;
        }
        try {
            return find(userId, UUID.fromString(nameOrId)).map(Stored::strategy).orElse(null);
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

    /**
     * Returns the strategies of a user.
     * @param userId the user
     * @return the strategies, last updated first
     */
    public List<Stored> findByUser(UUID userId) {
        return this.database.sql(SELECT + "person = :person order by updated_at desc, id")
            .param("person", userId)
            .query(StrategyRepository::mapRow)
            .list();
    }

    /**
     * Deletes a strategy.
     * @param userId the user who owns the strategy
     * @param id the id of the strategy
     * @return whether it existed
     */
    public boolean delete(UUID userId, UUID id) {
        return this.database.sql("delete from strategy.strategy where person = :person and id = :id")
            .param("person", userId)
            .param("id", id)
            .update() > 0;
    }

    private static Stored mapRow(ResultSet row, int number) throws SQLException {
        return new Stored(row.getObject(1, UUID.class), StrategyJsonMapper.read(row.getString(2)),
                row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant());
    }

    /**
     * A stored strategy.
     *
     * @param id the id
     * @param strategy the strategy
     * @param createdAt the time when it was created
     * @param updatedAt the time of the last update
     */
    public record Stored(UUID id, Strategy strategy, Instant createdAt, Instant updatedAt) {

    }

}
