package pregao.aggregator.candle;

/**
 * Candles are stored, but it is not known whether the brokers have them. They are
 * published again.
 */
public final class PublishFailed extends RuntimeException {

    PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }

}
