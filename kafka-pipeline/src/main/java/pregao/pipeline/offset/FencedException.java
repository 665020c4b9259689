package pregao.pipeline.offset;

/**
 * Thrown if another replica has advanced the stored offset of a partition, so this one no
 * longer owns the partition.
 */
public final class FencedException extends RuntimeException {

    FencedException(String message) {
        super(message);
    }

}
