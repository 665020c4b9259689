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
 * Which part of a list is wanted, the newest first.
 *
 * @param limit how many at most
 * @param before what is older than this; null to begin with the newest
 * @param bot of this bot only, or null
 * @param symbol of this symbol only, or null
 */
public record PageRequest(int limit, @Nullable Cursor before, @Nullable UUID bot, @Nullable String symbol) {

    private static final int MAX_LIMIT = 500;

    private static final int DEFAULT_LIMIT = 100;

    /**
     * Reads parameters.
     * @param query as sent
     * @return what is wanted
     * @throws pregao.webapi.problem.InvalidParametersException naming all that is wrong
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
     * A place in a list.
     *
     * @param at the time of what is there
     * @param id its id
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
         * The form in answers.
         * @return for the parameter {@code cursor}
         */
        public String text() {
            return this.at + "_" + this.id;
        }

    }

}
