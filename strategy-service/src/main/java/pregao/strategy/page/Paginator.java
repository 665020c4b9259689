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
 * Reads the lists of a user page by page (keyset pagination), along an index of user,
 * time and id.
 */
@Component
public class Paginator {

    private final JdbcClient database;

    Paginator(JdbcClient database) {
        this.database = database;
    }

    /**
     * Reads a page.
     * @param <T> the type of the items
     * @param select the select clause, up to {@code where}
     * @param timeColumn the column with the time of an item; its id is the column
     * {@code id}
     * @param userId the user who owns the items
     * @param request the part of the list to return
     * @param rowMapper maps a row to an item
     * @param toCursor returns the cursor of an item
     * @return the page, newest items first
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
     * A page of a list.
     *
     * @param <T> the type of the items
     * @param items the items, newest first
     * @param next the parameter {@code cursor} of the next page; null if there are no
     * older items
     */
    public record Page<T>(List<T> items, @Nullable String next) {

        public Page {
            items = List.copyOf(items);
        }

    }

}
