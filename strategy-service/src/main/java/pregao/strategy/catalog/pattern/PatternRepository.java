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
 * The table of people's own patterns.
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
     * Somebody's patterns.
     * @param userId whose
     * @return by name
     */
    public List<PatternResponse> findAll(UUID userId) {
        return this.database.sql("select definition from strategy.pattern where person = :person order by name, id")
            .param("person", userId)
            .query((row, rowNumber) -> parse(row.getString(1)))
            .list();
    }

    /**
     * One of somebody's patterns.
     * @param userId whose
     * @param nameOrId its name or its id
     * @return empty where there is none
     */
    public Optional<PatternResponse> find(UUID userId, String nameOrId) {
        return this.database.sql("""
                select definition from strategy.pattern
                where person = :person and (normalize(name, nfkc) = :name or id::text = lower(:name)) limit 1""")
            .param("person", userId)
            .param("name", TextRule.form(nameOrId))
            .query(String.class)
            .optional()
            .map(this::parse);
    }

    /**
     * Keeps a pattern, instead of an earlier one of the same id.
     * @param userId whose
     * @param pattern with an id
     * @throws pregao.webapi.problem.ProblemException 409 where the name is taken, or
     * there are too many
     */
    @Transactional
    void save(UUID userId, PatternResponse pattern) {
        AdvisoryLock.PATTERNS.lock(this.database, userId);
        long others = this.database.sql("select count(*) from strategy.pattern where person = :person and id <> :id")
            .param("person", userId)
            .param("id", pattern.id())
            .query(Long.class)
            .single();
        if (others >= MAX_PATTERNS_PER_USER) {
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
