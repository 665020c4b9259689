package pregao.gateway.rate;

import java.time.Duration;

/**
 * Whether a request may pass.
 */
sealed interface Verdict {

    /**
     * It may.
     *
     * @param left how many more could follow at once
     */
    record Allowed(long left) implements Verdict {

    }

    /**
     * It may not.
     *
     * @param pause when the next one may
     */
    record Refused(Duration pause) implements Verdict {

    }

}
