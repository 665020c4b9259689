package pregao.testsupport;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule of who may call what. {@code ingest} sends, {@code read} reads and changes
 * nothing, {@code research} is for analyses, patterns, strategies and backtests,
 * {@code trade} for what moves money. A key is no login. What is somebody else's is not
 * there.
 */
public final class ScopeRule {

    /** Any answer but 401, 403 and 5xx. */
    public static final String LET_THROUGH = "ok";

    private static final Set<Caller> KEYS = Set.of(Caller.INGEST, Caller.READ, Caller.RESEARCH, Caller.TRADE);

    private static final Set<Caller> PEOPLE = Set.of(Caller.LOGIN, Caller.ADMIN, Caller.STRANGER);

    private static final Set<Caller> KNOWN = peopleAnd(KEYS.toArray(Caller[]::new));

    private static final Set<Caller> ALL = Set.of(Caller.values());

    /** What terminals send, and how far they are: the key says of which feed. */
    private static final Rule SENDING = new Rule(Set.of(Caller.INGEST), Set.of(Caller.INGEST), KEYS);

    /** What of a feed is held back is for its keys, its owner and admins. */
    private static final Rule HELD_BACK = new Rule(peopleAnd(Caller.INGEST), peopleAnd(Caller.INGEST), KNOWN);

    private static final Rule MARKET = new Rule(peopleAnd(Caller.READ), Set.of(), KNOWN);

    /** Who trades reads studies too: a bot runs a strategy. */
    private static final Rule STUDIES = new Rule(peopleAnd(Caller.READ, Caller.RESEARCH, Caller.TRADE),
            peopleAnd(Caller.RESEARCH), KNOWN);

    private static final Rule MONEY = new Rule(peopleAnd(Caller.READ, Caller.TRADE), peopleAnd(Caller.TRADE), KNOWN);

    /**
     * Logins, keys, feeds and accounts at brokers are a person's: no key reaches them.
     */
    private static final Rule PERSON = new Rule(PEOPLE, PEOPLE, PEOPLE);

    private static final Rule USERS = new Rule(Set.of(Caller.ADMIN), Set.of(Caller.ADMIN), PEOPLE);

    private static final Rule INSTALLATION = new Rule(Set.of(Caller.ADMIN), Set.of(Caller.ADMIN), KNOWN);

    /** By the beginning of the path; the longest counts. */
    private static final Map<String, Rule> RULES = Map.ofEntries(Map.entry("/ingest", SENDING),
            Map.entry("/ingest_batch", SENDING), Map.entry("/api/quarantine", HELD_BACK),
            Map.entry("/api/conflicts", HELD_BACK), Map.entry("/api/market-data", MARKET),
            Map.entry("/api/instruments", MARKET), Map.entry("/api/coverage", MARKET),
            Map.entry("/api/catalog", STUDIES), Map.entry("/api/backtests", STUDIES), Map.entry("/api/bots", MONEY),
            Map.entry("/api/orders", MONEY), Map.entry("/api/positions", MONEY), Map.entry("/api/trades", MONEY),
            Map.entry("/api/signals", MONEY), Map.entry("/api/status", MONEY),
            Map.entry("/api/bots/kill-all", INSTALLATION), Map.entry("/api/auth", PERSON),
            Map.entry("/api/keys", PERSON), Map.entry("/api/feeds", PERSON), Map.entry("/api/brokers", PERSON),
            Map.entry("/api/users", USERS), Map.entry("/api/users/me", PERSON));

    /** Each with its reason, which the document shows. */
    private static final Map<String, Exemption> EXEMPT = Map.ofEntries(
            Map.entry("GET /health", open("Says only that the service runs.")),
            Map.entry("GET /.well-known/jwks.json", open("Public keys are public.")),
            Map.entry("POST /api/auth/register", open("Who registers has no login yet.")),
            Map.entry("POST /api/auth/login", open("Password and code are the credential.")),
            Map.entry("POST /api/auth/refresh", open("The refresh token is the credential.")),
            Map.entry("POST /api/auth/password/reset", open("The link of an admin is the credential.")),
            Map.entry("POST /api/auth/ws-ticket",
                    new Exemption(peopleAnd(Caller.READ), KNOWN, false, "A ticket opens a channel that only reads.")),
            Map.entry("POST /api/bots/{id}/evidence",
                    new Exemption(peopleAnd(Caller.RESEARCH, Caller.TRADE), KNOWN, true,
                            "A report of a bot beside its backtest moves no money.")),
            Map.entry("GET /api/bots/{id}/evidence/{job}",
                    new Exemption(peopleAnd(Caller.READ, Caller.RESEARCH, Caller.TRADE), KNOWN, true,
                            "Who asks for a report reads it.")),
            Map.entry("GET /api/feeds/{name}",
                    new Exemption(PEOPLE, PEOPLE, false, "Prices are everybody's, and so is how to read them.")),
            Map.entry("PUT /api/catalog/patterns/{id}", ownId()),
            Map.entry("PUT /api/backtests/strategies/{id}", ownId()));

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** What names nobody's own. */
    private static final Set<String> EVERYBODYS = Set.of("broker", "symbol", "money", "format");

    private ScopeRule() {
    }

    /**
     * What a call is answered.
     * @param call method and path pattern
     * @param caller who calls
     * @return {@value #LET_THROUGH}, or the status of the refusal
     * @throws IllegalArgumentException for a path that is in no rule
     */
    public static String expected(String call, Caller caller) {
        Exemption exempt = EXEMPT.get(call);
        if (exempt != null) {
            return expected(caller, exempt.callers(), exempt.known(), exempt.named());
        }
        Rule rule = rule(call);
        return expected(caller, call.startsWith("GET ") ? rule.reading() : rule.changing(), rule.known(),
                rule.equals(HELD_BACK) || namesSomething(call));
    }

    private static String expected(Caller caller, Set<Caller> callers, Set<Caller> known, boolean named) {
        if (!callers.contains(caller)) {
            return known.contains(caller) ? "403" : "401";
        }
        return (caller == Caller.STRANGER && named) ? "404" : LET_THROUGH;
    }

    /**
     * Why a call is an exception.
     * @param call method and path pattern
     * @return empty for one that the rule of its path fits
     */
    public static String reason(String call) {
        Exemption exempt = EXEMPT.get(call);
        return (exempt != null) ? exempt.reason() : "";
    }

    private static Rule rule(String call) {
        String path = call.substring(call.indexOf(' ') + 1);
        return RULES.entrySet()
            .stream()
            .filter((rule) -> path.equals(rule.getKey()) || path.startsWith(rule.getKey() + "/"))
            .max(Comparator.comparingInt((rule) -> rule.getKey().length()))
            .orElseThrow(() -> new IllegalArgumentException(call + " is in no rule: who may call it?"))
            .getValue();
    }

    /** Whether its path names what is somebody's own. */
    static boolean namesSomething(String call) {
        return VARIABLE.matcher(call).results().anyMatch((variable) -> !EVERYBODYS.contains(variable.group(1)));
    }

    private static Set<Caller> peopleAnd(Caller... keys) {
        return Stream.concat(PEOPLE.stream(), Stream.of(keys)).collect(Collectors.toUnmodifiableSet());
    }

    private static Exemption open(String reason) {
        return new Exemption(ALL, ALL, false, reason);
    }

    private static Exemption ownId() {
        return new Exemption(peopleAnd(Caller.RESEARCH), KNOWN, false, "Each person has ids of their own.");
    }

    /**
     * Who calls.
     */
    public enum Caller {

        /** An API key that may only send. */
        INGEST,
        /** An API key that may only read. */
        READ,
        /** An API key that may only make studies. */
        RESEARCH,
        /** An API key that may only trade. */
        TRADE,
        /** A trader who is logged in. */
        LOGIN,
        /** An admin who is logged in. */
        ADMIN,
        /** Another trader, who names what is not theirs. */
        STRANGER,
        /** Somebody without a key or a login. */
        NOBODY;

        /**
         * The form in documents and, of keys, in tokens.
         * @return such as {@code read}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

    /**
     * Who may call.
     *
     * @param reading those who may GET
     * @param changing those who may do anything else
     * @param known those whose credential is one here: 403 where it is not enough, and
     * 401 for all others
     */
    private record Rule(Set<Caller> reading, Set<Caller> changing, Set<Caller> known) {

        private Rule {
            if (changing.contains(Caller.READ)) {
                throw new IllegalArgumentException("read changes nothing");
            }
        }

    }

    /**
     * Who may make one call.
     *
     * @param callers those who may
     * @param known those whose credential is one here
     * @param named whether it names what is somebody's own
     * @param reason why it is an exception
     */
    private record Exemption(Set<Caller> callers, Set<Caller> known, boolean named, String reason) {

    }

}
