package pregao.ingest.kafka;

/**
 * Thrown if Kafka does not acknowledge a record in time.
 */
public final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

}
