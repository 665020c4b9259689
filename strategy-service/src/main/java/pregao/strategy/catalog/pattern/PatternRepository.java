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

    static final int MAX_COUNT = 100;

    private static final String PUT = """
            insert into strategy.pattern (person, id, name, definition, changed_at)
            values (:person, :id, :name, cast(:definition as jsonb), :now)
            on conflict (person, id) do update
            set name = excluded.name, definition = excluded.definition, changed_at = excluded.changed_at""";

    private final JdbcClient database;

    private final JsonMapper json;

    private final Clock clock;

    PatternRepository(JdbcClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Somebody's patterns.
     * @param person whose
     * @return by name
     */
    public List<PatternResponse> of(UUID person) {
        return this.database.sql("select definition from strategy.pattern where person = :person order by name, id")
            .param("person", person)
            .query((row, number) -> read(row.getString(1)))
            .list();
    }

    /**
     * One of somebody's patterns.
     * @param person whose
     * @param name its name or its id
     * @return empty where there is none
     */
    public Optional<PatternResponse> find(UUID person, String name) {
        return this.database.sql("""
                select definition from strategy.pattern
                where person = :person and (normalize(name, nfkc) = :name or id::text = lower(:name)) limit 1""")
            .param("person", person)
            .param("name", TextRule.form(name))
            .query(String.class)
            .optional()
            .map(this::read);
    }

    /**
     * Keeps a pattern, instead of an earlier one of the same id.
     * @param person whose
     * @param item with an id
     * @throws pregao.webapi.problem.ProblemException 409 where the name is taken, or
     * there are too many
     */
    @Transactional
    void put(UUID person, PatternResponse item) {
        AdvisoryLock.PATTERNS.lock(this.database, person);
        long others = this.database.sql("select count(*) from strategy.pattern where person = :person and id <> :id")
            .param("person", person)
            .param("id", item.id())
            .query(Long.class)
            .single();
        if (others >= MAX_COUNT) {
            throw ProblemDefinition.conflict("too-many", "You have %d patterns".formatted(MAX_COUNT)).asException();
        }
        try {
            this.database.sql(PUT)
                .param("person", person)
                .param("id", item.id())
                .param("name", item.name())
                .param("definition", this.json.writeValueAsString(item))
                .param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        }
        catch (DuplicateKeyException ex) {
            throw ProblemDefinition.conflict("pattern-taken", "You have a pattern of this name").asException();
        }
    }

    boolean remove(UUID person, UUID id) {
        return this.database.sql("delete from strategy.pattern where person = :person and id = :id")
            .param("person", person)
            .param("id", id)
            .update() > 0;
    }

    private PatternResponse read(String definition) {
        return this.json.readValue(definition, PatternResponse.class);
    }

}
