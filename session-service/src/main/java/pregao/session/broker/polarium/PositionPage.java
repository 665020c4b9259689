package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A part of a list of options.
 *
 * @param positions in the broker's order
 * @param limit how many a full page has, which is the broker's decision
 * @param total how many the list has, -1 where the broker does not say
 */
record PositionPage(List<Position> positions, int limit, long total) {

    PositionPage {
        positions = List.copyOf(positions);
    }

    /**
     * Reads a page.
     * @param response as the broker answered
     * @param requestedLimit how many it was asked for
     * @return with the broker's own limit, where it says that
     */
    static PositionPage of(JsonNode response, int requestedLimit) {
        List<Position> positions = new ArrayList<>();
        response.path("positions").forEach((node) -> positions.add(Position.of(node)));
        int limit = response.path("limit").asInt(requestedLimit);
        return new PositionPage(positions, (limit > 0) ? Math.min(limit, requestedLimit) : requestedLimit,
                response.path("total").asLong(-1));
    }

    /**
     * Whether nothing comes after it.
     * @param seenCount how many came so far, with this page
     * @return true where the list is over
     */
    boolean isLast(int seenCount) {
        if (this.positions.isEmpty()) {
            return true;
        }
        return (this.total >= 0) ? seenCount >= this.total : this.positions.size() < this.limit;
    }

}
