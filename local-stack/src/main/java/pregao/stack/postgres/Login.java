package pregao.stack.postgres;

/**
 * Who somebody is to the database.
 *
 * @param user the role
 * @param password its password
 */
public record Login(String user, String password) {

    @Override
    public String toString() {
        return "Login[user=" + this.user + "]"; // never the password
    }

}
