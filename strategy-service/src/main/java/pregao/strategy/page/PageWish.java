package pregao.strategy.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.http.problem.Parameters;

/**
 * Which part of a list is wanted, the newest first.
 *
 * @param limit how many at most
 * @param before what is older than this; null to begin with the newest
 * @param bot of this bot only, or null
 * @param symbol of this symbol only, or null
 */
public record PageWish(int limit, @Nullable Place before, @Nullable UUID bot, @Nullable String symbol) {

    private static final int MOST = 500;

    private static final int USUAL = 100;

    /**
     * Reads parameters.
     * @param given as sent
     * @return what is wanted
     * @throws pregao.http.problem.InvalidQuery naming all that is wrong
     */
    public static PageWish of(Map<String, String> given) {
        Parameters parameters = new Parameters(given);
        Integer limit = parameters.optional("limit", "1 to " + MOST, PageWish::limit);
        Place before = parameters.optional("cursor", "the next of an earlier answer", Place::of);
        UUID bot = parameters.optional("bot", "the id of a bot", tried(UUID::fromString));
        String symbol = parameters.optional("symbol", "a symbol", Instrument::symbolOfQuery);
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        return new PageWish((limit != null) ? limit : USUAL, before, bot, symbol);
    }

    private static Optional<Integer> limit(String text) {
        return tried(Integer::valueOf).apply(text).filter((number) -> number >= 1 && number <= MOST);
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
    public record Place(Instant at, UUID id) {

        static Optional<Place> of(String text) {
            int bar = text.indexOf('_');
            try {
                return (bar < 0) ? Optional.empty() : Optional
                    .of(new Place(Instant.parse(text.substring(0, bar)), UUID.fromString(text.substring(bar + 1))));
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
