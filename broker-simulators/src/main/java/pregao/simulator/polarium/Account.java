package pregao.simulator.polarium;

/**
 * Somebody who has an account at the simulated broker.
 *
 * @param email the identifier of a login
 * @param password of the login
 * @param kind how the broker treats the login
 * @param userId the broker's number of the user
 */
public record Account(String email, String password, AccountKind kind, long userId) {

    /**
     * The number of the wallet with real money.
     * @return the wallet's id
     */
    public long realWallet() {
        return this.userId * 10 + Wallet.REAL;
    }

    /**
     * The number of the wallet with play money.
     * @return the wallet's id
     */
    public long demoWallet() {
        return this.userId * 10 + Wallet.DEMO;
    }

    @Override
    public String toString() {
        return "Account[" + this.userId + ", " + this.kind + "]";
    }

}
