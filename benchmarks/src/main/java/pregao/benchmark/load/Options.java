package pregao.benchmark.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to do, as {@code --name=value} arguments say it.
 *
 * @param url where the system answers, such as {@code http://127.0.0.1:8080}
 * @param key an API key
 * @param threads connections, each with its own thread
 * @param requests how many requests in all
 * @param batch items a request
 * @param rate requests a second, 0 for as fast as answers come; with a rate, latency
 * counts from the moment a request was due
 * @param symbols what to read or write
 * @param from the first time of what is written, ISO-8601
 * @param pids processes whose CPU time is shown beside the wall
 * @param database a JDBC address, for {@code copy}
 * @param user a role that may create a schema
 * @param password its password
 * @param kafka bootstrap servers, for {@code forming}
 * @param figures a file to which what was found is added, empty for none
 * @param as what the names of those figures begin with
 */
record Options(URI url, String key, int threads, int requests, int batch, int rate, List<String> symbols, String from,
        List<Long> pids, String database, String user, String password, String kafka, String figures, String as) {

    private static final Set<String> NAMES = Set.of("url", "key", "threads", "requests", "batch", "rate", "symbols",
            "from", "pids", "database", "user", "password", "kafka", "figures", "as");

    Options {
        symbols = List.copyOf(symbols);
        pids = List.copyOf(pids);
        if (threads < 1 || requests < 1 || batch < 1 || batch > 1000 || rate < 0 || symbols.isEmpty()) {
            throw new IllegalArgumentException("threads, requests and symbols are at least 1, batch is 1 to 1000");
        }
    }

    static Options parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0 || !NAMES.contains(argument.substring(2, equals))) {
                throw new IllegalArgumentException(
                        "'%s' is not --name=value with a name of %s".formatted(argument, new ArrayList<>(NAMES)));
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return new Options(URI.create(given.getOrDefault("url", "http://127.0.0.1:8080")),
                given.getOrDefault("key", ""), number(given, "threads", 4), number(given, "requests", 300),
                number(given, "batch", 1000), number(given, "rate", 0),
                words(given.getOrDefault("symbols", "LOAD1,LOAD2,LOAD3,LOAD4")),
                given.getOrDefault("from", "2024-01-01T00:00:00Z"),
                words(given.getOrDefault("pids", "")).stream().map(Long::valueOf).toList(),
                given.getOrDefault("database", "jdbc:postgresql://127.0.0.1:5432/pregao"),
                given.getOrDefault("user", "postgres"), given.getOrDefault("password", ""),
                given.getOrDefault("kafka", "127.0.0.1:9092"), given.getOrDefault("figures", ""),
                given.getOrDefault("as", "load"));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = given.get(name);
        return (text != null) ? Integer.parseInt(text) : otherwise;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

}
