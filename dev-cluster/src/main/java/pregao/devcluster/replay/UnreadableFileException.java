package pregao.devcluster.replay;

import org.jspecify.annotations.Nullable;

/**
 * A file that is not what the command reads; the message names the line.
 */
public final class UnreadableFileException extends RuntimeException {

    UnreadableFileException(String message) {
        this(message, null);
    }

    UnreadableFileException(String message, @Nullable Exception cause) {
        super(message, cause);
    }

}
