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
     * @param timeColumn the column of its time; its id is {@code id}
     * @param userId whose
     * @param request which part
     * @param rowMapper reads a row
     * @param toCursor where an item is
     * @return the newest first
     */
    public <T> Page<T> findPage(String select, String timeColumn, UUID userId, PageRequest request,
            RowMapper<T> rowMapper, Function<T, PageRequest.Cursor> toCursor) {
        StringBuilder sql = new StringBuilder(select).append(" where person = :person");
        if (request.bot() != null) {
            sql.append(" and bot = :bot");
        }
        if (request.symbol() != null) {
            sql.append(" and symbol = :symbol");
        }
        PageRequest.Cursor cursor = request.before();
        if (cursor != null) {
            sql.append(" and (").append(timeColumn).append(", id) < (:at, :id)");
        }
        sql.append(" order by ").append(timeColumn).append(" desc, id desc limit :limit");
        JdbcClient.StatementSpec statement = this.database.sql(sql.toString())
            .param("person", userId)
            .param("limit", request.limit() + 1);
        if (request.bot() != null) {
            statement = statement.param("bot", request.bot());
        }
        if (request.symbol() != null) {
            statement = statement.param("symbol", request.symbol());
        }
        if (cursor != null) {
            statement = statement.param("at", cursor.at().atOffset(ZoneOffset.UTC)).param("id", cursor.id());
        }
        List<T> rows = statement.query(rowMapper).list();
        boolean hasMore = rows.size() > request.limit();
        List<T> items = hasMore ? rows.subList(0, request.limit()) : rows;
        return new Page<>(items, hasMore ? toCursor.apply(items.getLast()).text() : null);
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
