package pregao.ingest.candle;

/**
 * Result of the upsert of one candle.
 *
 * @param status the status that {@code market.put_candles} returned
 * @param conflict whether the candle conflicts with a final candle
 * @param revision the revision of the stored candle
 * @param isFinal whether the stored candle is final
 */
record UpsertResult(Status status, boolean conflict, int revision, boolean isFinal) {

    boolean isChanged() {
        return this.status != Status.DUPLICATE;
    }

    /**
     * Status of an upsert, as {@code market.put_candles} returns it.
     */
    enum Status {

        /** The candle is new. */
        INSERTED("inserted"),
        /** The candle replaced the stored one. */
        UPDATED("updated"),
        /** The stored candle is unchanged. */
        DUPLICATE("duplicate");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return this.text;
        }

        static Status of(String text) {
            for (Status status : values()) {
                if (status.text.equals(text)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("unknown status '%s'".formatted(text));
        }

    }

}
