package pregao.session.broker.api;

/**
 * A text that no log and no message may show.
 *
 * @param reveal the text itself
 */
public record Sensitive(String reveal) {

    @Override
    public String toString() {
        return "***";
    }

}
