package pregao.session.broker;

/**
 * A text that no log and no message may show.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }

}
