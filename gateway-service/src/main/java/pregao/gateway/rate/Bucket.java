package pregao.gateway.rate;

import java.time.Duration;

/**
 * What one caller may still ask this replica while Redis is away: it starts full and
 * fills evenly.
 */
final class Bucket {

    private final Rule rule;

    private double left;

    private long filledAt;

    Bucket(Rule rule, long now) {
        this.rule = rule;
        this.left = rule.requests();
        this.filledAt = now;
    }

    Verdict take(long now) {
        long passed = Math.max(0, now - this.filledAt);
        this.left = Math.min(this.rule.requests(), this.left + passed * this.rule.perNano());
        this.filledAt += passed;
        if (this.left < 1) {
            return new Verdict.Refused(Duration.ofNanos((long) Math.ceil((1 - this.left) / this.rule.perNano())));
        }
        this.left--;
        return new Verdict.Allowed((long) this.left);
    }

}
