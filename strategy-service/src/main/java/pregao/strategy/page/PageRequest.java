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

    private static final int MAX_COUNT = 500;

    private static final int USUAL = 100;

    /**
     * Reads parameters.
     * @param given as sent
     * @return what is wanted
     * @throws pregao.webapi.problem.InvalidParametersException naming all that is wrong
     */
    public static PageRequest of(Map<String, String> given) {
        QueryParameters parameters = new QueryParameters(given);
        Integer limit = parameters.optional("limit", "1 to " + MAX_COUNT, PageRequest::limit);
        Cursor before = parameters.optional("cursor", "the next of an earlier answer", Cursor::of);
        UUID bot = parameters.optional("bot", "the id of a bot", tried(UUID::fromString));
        String symbol = parameters.optional("symbol", "a symbol", Instrument::symbolOfQuery);
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return new PageRequest((limit != null) ? limit : USUAL, before, bot, symbol);
    }

    private static Optional<Integer> limit(String text) {
        return tried(Integer::valueOf).apply(text).filter((number) -> number >= 1 && number <= MAX_COUNT);
    }

    private static <T> Function<String, Optional<T>> tried(Function<String, T> reading) {
        return (text) -> {
            try {
                return Optional.of(reading.apply(text));
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

        static Optional<Cursor> of(String text) {
            int bar = text.indexOf('_');
            try {
                return (bar < 0) ? Optional.empty() : Optional
                    .of(new Cursor(Instant.parse(text.substring(0, bar)), UUID.fromString(text.substring(bar + 1))));
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
