package pregao.strategy.page;

import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a person's lists page by page, along an index of person, time and id.
 */
@Component
public class Paginator {

    private final JdbcClient database;

    Paginator(JdbcClient database) {
        this.database = database;
    }

    /**
     * Reads a page.
     * @param <T> of what
     * @param select columns and table, up to {@code where}
     * @param time the column of its time; its id is {@code id}
     * @param person whose
     * @param wish which part
     * @param row reads a row
     * @param place where an item is
     * @return the newest first
     */
    public <T> Page<T> of(String select, String time, UUID person, PageRequest wish, RowMapper<T> row,
            Function<T, PageRequest.Cursor> place) {
        StringBuilder sql = new StringBuilder(select).append(" where person = :person");
        if (wish.bot() != null) {
            sql.append(" and bot = :bot");
        }
        if (wish.symbol() != null) {
            sql.append(" and symbol = :symbol");
        }
        PageRequest.Cursor before = wish.before();
        if (before != null) {
            sql.append(" and (").append(time).append(", id) < (:at, :id)");
        }
        sql.append(" order by ").append(time).append(" desc, id desc limit :limit");
        JdbcClient.StatementSpec statement = this.database.sql(sql.toString())
            .param("person", person)
            .param("limit", wish.limit() + 1);
        if (wish.bot() != null) {
            statement = statement.param("bot", wish.bot());
        }
        if (wish.symbol() != null) {
            statement = statement.param("symbol", wish.symbol());
        }
        if (before != null) {
            statement = statement.param("at", before.at().atOffset(ZoneOffset.UTC)).param("id", before.id());
        }
        List<T> found = statement.query(row).list();
        boolean more = found.size() > wish.limit();
        List<T> items = more ? found.subList(0, wish.limit()) : found;
        return new Page<>(items, more ? place.apply(items.getLast()).text() : null);
    }

    /**
     * A part of a list.
     *
     * @param <T> of what
     * @param items the newest first
     * @param next for the parameter {@code cursor}; null where there is nothing older
     */
    public record Page<T>(List<T> items, @Nullable String next) {

        public Page {
            items = List.copyOf(items);
        }

    }

}
