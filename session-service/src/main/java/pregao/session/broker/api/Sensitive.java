package pregao.session.broker.api;

/**
 * A text that must not appear in logs or messages.
 *
 * @param reveal the text itself
 */
public record Sensitive(String reveal) {

    @Override
    public String toString() {
        return "***";
    }

}
