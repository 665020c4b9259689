package pregao.ingest.kafka;

/**
 * Kafka did not take a record in time, or did not say so.
 */
public final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

}
