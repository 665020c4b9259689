package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Page of a list of options.
 *
 * @param positions the options, in the broker's order
 * @param limit the size of a full page, which the broker decides
 * @param total the size of the list, or -1 if the broker doesn't say
 */
record PositionPage(List<Position> positions, int limit, long total) {

    PositionPage {
        positions = List.copyOf(positions);
    }

    /**
     * Parses a page.
     * @param response the response
     * @param requestedLimit the requested page size
     * @return the page, with the broker's limit if the response has one
     */
    static PositionPage of(JsonNode response, int requestedLimit) {
        List<Position> positions = new ArrayList<>();
        response.path("positions").forEach((node) -> positions.add(Position.of(node)));
        int limit = response.path("limit").asInt(requestedLimit);
        return new PositionPage(positions, (limit > 0) ? Math.min(limit, requestedLimit) : requestedLimit,
                response.path("total").asLong(-1));
    }

    /**
     * Returns whether this is the last page.
     * @param seenCount the number of options so far, including this page
     * @return true if no page follows
     */
    boolean isLast(int seenCount) {
        if (this.positions.isEmpty()) {
            return true;
        }
        return (this.total >= 0) ? seenCount >= this.total : this.positions.size() < this.limit;
    }

}
