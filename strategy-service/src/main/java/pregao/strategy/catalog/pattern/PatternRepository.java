package pregao.strategy.catalog.pattern;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.database.AdvisoryLock;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * Reads and writes the table {@code strategy.pattern}, which holds the patterns of users.
 */
@Component
public class PatternRepository {

    static final int MAX_PATTERNS_PER_USER = 100;

    private static final String UPSERT = """
            insert into strategy.pattern (person, id, name, definition, changed_at)
            values (:person, :id, :name, cast(:definition as jsonb), :now)
            on conflict (person, id) do update
            set name = excluded.name, definition = excluded.definition, changed_at = excluded.changed_at""";

    private final JdbcClient database;

    private final JsonMapper jsonMapper;

    private final Clock clock;

    PatternRepository(JdbcClient database, JsonMapper jsonMapper, Clock clock) {
        this.database = database;
        this.jsonMapper = jsonMapper;
        this.clock = clock;
    }

    /**
     * Returns the patterns of a user.
     * @param userId the id of the user
     * @return the patterns by name
     */
    public List<PatternResponse> findAll(UUID userId) {
        return this.database.sql("select definition from strategy.pattern where person = :person order by name, id")
            .param("person", userId)
            .query((row, rowNumber) -> parse(row.getString(1)))
            .list();
    }

    /**
     * Returns a pattern of a user.
     * @param userId the id of the user
     * @param nameOrId the name or the id of the pattern
     * @return the pattern, or empty if there is none
     */
    public Optional<PatternResponse> find(UUID userId, String nameOrId) {
        return this.database.sql("""
                select definition from strategy.pattern
                where person = :person and (normalize(name, nfkc) = :name or id::text = lower(:name)) limit 1""")
            .param("person", userId)
            .param("name", TextRule.normalize(nameOrId))
            .query(String.class)
            .optional()
            .map(this::parse);
    }

    /**
     * Saves a pattern and replaces an earlier one with the same id.
     * @param userId the id of the user
     * @param pattern the pattern with an id
     * @throws pregao.webapi.problem.ProblemException 409 if the name is taken or the user
     * has too many patterns
     */
    @Transactional
    void save(UUID userId, PatternResponse pattern) {
        AdvisoryLock.PATTERNS.lock(this.database, userId);
        long otherPatterns = this.database
            .sql("select count(*) from strategy.pattern where person = :person and id <> :id")
            .param("person", userId)
            .param("id", pattern.id())
            .query(Long.class)
            .single();
        if (otherPatterns >= MAX_PATTERNS_PER_USER) {
            throw ProblemDefinition.conflict("too-many", "You have %d patterns".formatted(MAX_PATTERNS_PER_USER))
                .asException();
        }
        try {
            this.database.sql(UPSERT)
                .param("person", userId)
                .param("id", pattern.id())
                .param("name", pattern.name())
                .param("definition", this.jsonMapper.writeValueAsString(pattern))
                .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        }
        catch (DuplicateKeyException ex) {
            throw ProblemDefinition.conflict("pattern-taken", "You have a pattern of this name").asException();
        }
    }

    boolean delete(UUID userId, UUID id) {
        return this.database.sql("delete from strategy.pattern where person = :person and id = :id")
            .param("person", userId)
            .param("id", id)
            .update() > 0;
    }

    private PatternResponse parse(String definition) {
        return this.jsonMapper.readValue(definition, PatternResponse.class);
    }

}
