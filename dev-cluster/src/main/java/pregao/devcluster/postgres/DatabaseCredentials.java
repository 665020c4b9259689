package pregao.devcluster.postgres;

/**
 * Who somebody is to the database.
 *
 * @param user the role
 * @param password its password
 */
public record DatabaseCredentials(String user, String password) {

    @Override
    public String toString() {
        return "DatabaseCredentials[user=" + this.user + "]"; // never the password
    }

}
