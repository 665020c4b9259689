package pregao.ingest.candle;

/**
 * What became of one candle at the door.
 *
 * @param status the door's word
 * @param conflict whether a final candle with other values stands
 * @param revision of what is stored now
 * @param isFinal whether that is final
 */
record UpsertResult(Status status, boolean conflict, int revision, boolean isFinal) {

    boolean isChanged() {
        return this.status != Status.DUPLICATE;
    }

    /**
     * The door's words.
     */
    enum Status {

        /** It is new. */
        INSERTED("inserted"),
        /** It replaced what was there. */
        UPDATED("updated"),
        /** What was there stands. */
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
