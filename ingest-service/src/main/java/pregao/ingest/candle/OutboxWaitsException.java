package pregao.ingest.candle;

/**
 * Thrown if rows of the outbox have to wait because Kafka is unavailable.
 */
final class OutboxWaitsException extends RuntimeException {

    OutboxWaitsException(Throwable cause) {
        super("the outbox waits: " + cause.getMessage(), cause);
    }

}
