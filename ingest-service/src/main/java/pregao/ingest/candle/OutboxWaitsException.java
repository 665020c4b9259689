package pregao.ingest.candle;

/**
 * Rows of the outbox wait, as Kafka takes none.
 */
final class OutboxWaitsException extends RuntimeException {

    OutboxWaitsException(Throwable cause) {
        super("the outbox waits: " + cause.getMessage(), cause);
    }

}
