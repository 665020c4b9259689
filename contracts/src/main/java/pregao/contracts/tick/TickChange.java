package pregao.contracts.tick;

/**
 * A change that a user requests for ticks in quarantine.
 *
 * @param kind what is to happen
 * @param requestedBy the user
 */
public record TickChange(Kind kind, String requestedBy) {

    public TickChange {
        if (requestedBy.isEmpty()) {
            throw new IllegalArgumentException("a change of ticks names the user who requests it");
        }
    }

    /**
     * What happens to the ticks.
     */
    public enum Kind {

        /** They leave quarantine. */
        RELEASE(TickKindMessage.TICK_KIND_RELEASE),
        /** They return to quarantine. */
        UNDO(TickKindMessage.TICK_KIND_UNDO);

        private final TickKindMessage message;

        Kind(TickKindMessage message) {
            this.message = message;
        }

        /**
         * The form on the wire.
         * @return the message's value
         */
        TickKindMessage message() {
            return this.message;
        }

    }

}
