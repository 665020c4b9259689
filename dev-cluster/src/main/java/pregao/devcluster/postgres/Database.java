package pregao.devcluster.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL prepared by {@code bootstrap.sql}, with what it takes to log in.
 */
public sealed interface Database extends AutoCloseable permits LocalPostgres, TemporaryDatabase {

    /**
     * Its address, without the prefix of a driver and without credentials.
     * @return {@code postgresql://HOST:PORT/DATABASE}
     */
    String url();

    /**
     * The login of a role.
     * @param role such as {@code pregao_ingest}
     * @return role and password
     */
    DatabaseCredentials login(String role);

    /**
     * A connection of the superuser.
     * @return a connection to be closed
     * @throws SQLException where the server refuses
     */
    Connection connect() throws SQLException;

    @Override
    void close();

}
