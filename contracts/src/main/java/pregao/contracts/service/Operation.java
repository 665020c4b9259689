package pregao.contracts.service;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What a service may ask of another: the scope of its token. A caller signs its token
 * itself, so the scope counts only where the caller is in this table.
 */
public enum Operation {

    /** Send an order to a broker. */
    ORDERS_PLACE("orders:place"),
    /** Ask what became of an order. */
    ORDERS_READ("orders:read"),
    /** Ask whose an account at a broker is, and what can be traded with it. */
    ACCOUNTS_READ("accounts:read"),
    /** Ask whether a login or an API key is good still. */
    LOGINS_READ("logins:read"),
    /** Say from where a request came that is passed on. */
    REQUESTS_FORWARD("requests:forward");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /**
     * The form in tokens.
     * @return such as {@code orders:place}
     */
    public String text() {
        return this.text;
    }

    /**
     * Who may ask for it.
     * @return the only services for whose tokens the scope counts
     */
    public Set<ServiceName> callers() {
        return switch (this) {
            case ORDERS_PLACE, ORDERS_READ, ACCOUNTS_READ, LOGINS_READ -> Set.of(ServiceName.STRATEGY);
            case REQUESTS_FORWARD -> Set.of(ServiceName.GATEWAY, ServiceName.SESSION);
        };
    }

    /**
     * Who is asked.
     * @return the only services that look at such tokens
     */
    public Set<ServiceName> callees() {
        return switch (this) {
            case ORDERS_PLACE, ORDERS_READ, ACCOUNTS_READ, LOGINS_READ -> Set.of(ServiceName.SESSION);
            case REQUESTS_FORWARD -> Set.of(ServiceName.SESSION, ServiceName.INGEST);
        };
    }

    /**
     * The operation of a text.
     * @param text as in a token
     * @return empty where there is none
     */
    public static Optional<Operation> of(String text) {
        return Arrays.stream(values()).filter((operation) -> operation.text.equals(text)).findFirst();
    }

}
