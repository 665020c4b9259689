package pregao.strategy.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.webapi.problem.QueryParameters;

/**
 * The query parameters of a list, newest first.
 *
 * @param limit the maximum number of items
 * @param before the cursor: only older items are returned; null for the newest items
 * @param bot returns items of this bot only; null for all
 * @param symbol returns items of this symbol only; null for all
 */
public record PageRequest(int limit, @Nullable Cursor before, @Nullable UUID bot, @Nullable String symbol) {

    private static final int MAX_LIMIT = 500;

    private static final int DEFAULT_LIMIT = 100;

    /**
     * Parses query parameters.
     * @param query the query parameters as sent
     * @return the request
     * @throws pregao.webapi.problem.InvalidParametersException if parameters are invalid;
     * it names all of them
     */
    public static PageRequest parse(Map<String, String> query) {
        QueryParameters parameters = new QueryParameters(query);
        Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT, PageRequest::parseLimit);
        Cursor before = parameters.optional("cursor", "the next of an earlier answer", Cursor::parse);
        UUID bot = parameters.optional("bot", "the id of a bot", tryParse(UUID::fromString));
        String symbol = parameters.optional("symbol", "a symbol", Instrument::symbolOfQuery);
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return new PageRequest((limit != null) ? limit : DEFAULT_LIMIT, before, bot, symbol);
    }

    private static Optional<Integer> parseLimit(String text) {
        return tryParse(Integer::valueOf).apply(text).filter((number) -> number >= 1 && number <= MAX_LIMIT);
    }

    private static <T> Function<String, Optional<T>> tryParse(Function<String, T> parser) {
        return (text) -> {
            try {
                return Optional.of(parser.apply(text));
            }
            catch (IllegalArgumentException ex) {
                return Optional.empty();
            }
        };
    }

    /**
     * A position in a list.
     *
     * @param at the time of the item at that position
     * @param id the id of that item
     */
    public record Cursor(Instant at, UUID id) {

        static Optional<Cursor> parse(String text) {
            int separator = text.indexOf('_');
            try {
                return (separator < 0) ? Optional.empty()
                        : Optional.of(new Cursor(Instant.parse(text.substring(0, separator)),
                                UUID.fromString(text.substring(separator + 1))));
            }
            catch (DateTimeException | IllegalArgumentException ex) {
                return Optional.empty();
            }
        }

        /**
         * Returns the cursor as text.
         * @return the text, {@code time_id}, for the parameter {@code cursor}
         */
        public String text() {
            return this.at + "_" + this.id;
        }

    }

}
