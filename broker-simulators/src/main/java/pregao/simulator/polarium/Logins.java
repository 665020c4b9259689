package pregao.simulator.polarium;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Who has an account, and the tokens given out: for sessions, for codes, and those of
 * OAuth2.
 */
final class Logins {

    /** How long a token of a login with a code is good, seconds. */
    private static final int STEP_LIFE = 300;

    private final Map<String, Account> accounts = new HashMap<>();

    private final Map<String, IssuedToken> tokens = new HashMap<>();

    private final SimulatorClock clock;

    private final Random random;

    private String code = "246810";

    private int accessLife = 3600;

    Logins(SimulatorClock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed ^ clock.millis());
    }

    void add(Account account) {
        this.accounts.put(account.email(), account);
    }

    @Nullable Account account(String email) {
        return this.accounts.get(email);
    }

    String code() {
        return this.code;
    }

    void code(String next) {
        this.code = next;
    }

    int accessLife() {
        return this.accessLife;
    }

    void accessLife(int seconds) {
        this.accessLife = seconds;
    }

    /**
     * Gives out a token.
     * @param purpose what it is good for
     * @param account for whom
     * @return 32 characters
     */
    String grant(Purpose purpose, Account account) {
        return grant(purpose, account, "");
    }

    String grant(Purpose purpose, Account account, String challenge) {
        String token = "%016x%016x".formatted(this.random.nextLong(), this.random.nextLong());
        long life = switch (purpose) {
            case SESSION, REFRESH -> Integer.MAX_VALUE;
            case ACCESS -> this.accessLife;
            case CODE_WANTED, CODE_SENT, CODE_GIVEN, AUTHORIZATION -> STEP_LIFE;
        };
        this.tokens.put(token, new IssuedToken(purpose, account, this.clock.millis() + life * 1000, challenge));
        return token;
    }

    /**
     * Whose a token is.
     * @param token as somebody sent it
     * @param purpose what it is to be good for
     * @return null where it is not
     */
    @Nullable Account holder(String token, Purpose purpose) {
        IssuedToken granted = this.tokens.get(token);
        if (granted == null || granted.purpose() != purpose || granted.until() <= this.clock.millis()) {
            return null;
        }
        return granted.account();
    }

    /**
     * Whose a token is that is good once.
     * @param token as somebody sent it
     * @param purpose what it is to be good for
     * @return null where it is not
     */
    @Nullable Account used(String token, Purpose purpose) {
        Account holder = holder(token, purpose);
        if (holder != null) {
            this.tokens.remove(token);
        }
        return holder;
    }

    /**
     * Whether the verifier belongs to the challenge that an authorization began with.
     * @param token the authorization code
     * @param verifier as somebody sent it
     * @return true if its hash is the challenge
     */
    boolean proves(String token, String verifier) {
        IssuedToken granted = this.tokens.get(token);
        return granted != null && granted.challenge().equals(challenge(verifier));
    }

    void end(String token) {
        this.tokens.remove(token);
    }

    /** Makes every session and access token worthless. */
    void endAll() {
        this.tokens.values()
            .removeIf((granted) -> granted.purpose() == Purpose.SESSION || granted.purpose() == Purpose.ACCESS);
    }

    static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * What a token is good for.
     */
    enum Purpose {

        /** A connection. */
        SESSION,
        /** A connection, by OAuth2. */
        ACCESS,
        /** Another access token. */
        REFRESH,
        /** The first access token. */
        AUTHORIZATION,
        /** Asking for a code. */
        CODE_WANTED,
        /** Answering with the code. */
        CODE_SENT,
        /** The second login. */
        CODE_GIVEN

    }

    private record IssuedToken(Purpose purpose, Account account, long until, String challenge) {

    }

}
