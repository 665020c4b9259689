package pregao.devcluster.command;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import pregao.devcluster.postgres.DatabaseCredentials;

/**
 * The rows of a statement as a table, for a machine without psql.
 *
 * @param url of the database
 * @param login who asks
 */
record ResultSetPrinter(URI url, DatabaseCredentials login) {

    /**
     * Runs a statement.
     * @param sql one statement
     * @return the names of the columns, then the rows; nothing for a statement without
     * @throws SQLException where the database refuses
     */
    List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:" + this.url, this.login.user(),
                this.login.password()); Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                rows.add(new ArrayList<>());
                for (int i = 1; i <= columns; i++) {
                    rows.getFirst().add(result.getMetaData().getColumnLabel(i));
                }
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add((result.getString(i) == null) ? "" : result.getString(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /**
     * The rows with columns below each other.
     * @param rows the names of the columns first
     * @return a line for each
     */
    static List<String> lines(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Integer> widths = IntStream.range(0, rows.getFirst().size())
            .mapToObj((column) -> rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
            .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(IntStream.range(0, widths.size())
                .mapToObj((column) -> pad(row.get(column), widths.get(column)))
                .collect(Collectors.joining(" | "))
                .stripTrailing());
        }
        lines.add(1, widths.stream().map("-"::repeat).collect(Collectors.joining("-+-")));
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

}
