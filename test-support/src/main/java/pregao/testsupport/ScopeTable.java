package pregao.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.json.JsonMapper;

import pregao.testsupport.ScopeRule.Caller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of who may call what of a service: for every call of its OpenAPI document,
 * the rule, {@code docs/scopes.md} and what the service answers must be the same. Run
 * with {@code -Dpregao.scopes.write=true}, it writes the document.
 */
public final class ScopeTable {

    private static final Path DOCUMENT = Path.of("..", "docs", "scopes.md");

    private static final List<String> HEAD = List.of("| method | path | "
            + Arrays.stream(Caller.values()).map(Caller::text).collect(Collectors.joining(" | ")) + " | exception |",
            "|---|---|" + "---|".repeat(Caller.values().length) + "---|");

    private static final Set<String> REFUSED = Set.of("401", "403");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    /** Whoever is let through is told that nothing is done. */
    private static final String BODY = "{\"unknown-field\":1}";

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String service;

    private final String url;

    private final Function<Caller, String> credentials;

    private final Map<String, String> things = new LinkedHashMap<>();

    private final Map<String, String> bodies = new LinkedHashMap<>();

    private final Map<String, String> queries = new LinkedHashMap<>();

    private String unknownId = UUID.randomUUID().toString();

    /**
     * The table of a service that runs.
     * @param service without {@code -service}
     * @param url where it answers
     * @param credentials the header that a caller shows, with its name; empty for none
     */
    public ScopeTable(String service, String url, Function<Caller, String> credentials) {
        this.service = service;
        this.url = url;
        this.credentials = credentials;
    }

    /** Something of somebody's, for strangers to name; the last variable of the path. */
    public ScopeTable thing(String path, String id) {
        this.things.put(path, path.replaceFirst("\\{\\w+}$", id));
        return this;
    }

    /** What is sent, where a body that nobody understands hides what is asked. */
    public ScopeTable body(String call, String body) {
        this.bodies.put(call, body);
        return this;
    }

    /** What is asked besides the path. */
    public ScopeTable query(String call, String query) {
        this.queries.put(call, query);
        return this;
    }

    /** An id of nothing, where ids are no UUIDs. */
    public ScopeTable unknownId(String id) {
        this.unknownId = id;
        return this;
    }

    /** One of the document, and one of each call. */
    public List<DynamicTest> tests() {
        SortedMap<String, Boolean> calls = calls();
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("the document", () -> checkDocument(calls.keySet())));
        calls.forEach((call, hasBody) -> tests
            .add(DynamicTest.dynamicTest(call, () -> assertThat(row(call, (caller) -> answer(call, hasBody, caller)))
                .isEqualTo(row(call, (caller) -> ScopeRule.expected(call, caller))))));
        return tests;
    }

    /** All calls that read, with their queries, each of what is somebody's. */
    public List<String> reads() {
        return calls().keySet()
            .stream()
            .filter((call) -> call.startsWith("GET "))
            .map((call) -> address(call, Caller.STRANGER))
            .toList();
    }

    /** One of each call of all services, where the service is their door. */
    public List<DynamicTest> doorTests() {
        List<String> calls = lines().stream()
            .filter((line) -> line.startsWith("| ") && !line.equals(HEAD.getFirst()))
            .map((line) -> line.split(" \\| ", -1))
            .map((cells) -> cells[0].substring(2) + " " + cells[1].replace("`", ""))
            .toList();
        assertThat(calls).isNotEmpty();
        return calls.stream().map((call) -> DynamicTest.dynamicTest("at the door: " + call, () -> {
            for (Caller caller : Caller.values()) {
                if (!REFUSED.contains(ScopeRule.expected(call, caller))) {
                    assertThat(call(call, false, caller).statusCode()).as(caller.text()).isEqualTo(200);
                }
            }
        })).toList();
    }

    /** The calls of the OpenAPI document by path, and whether each has a body. */
    private SortedMap<String, Boolean> calls() {
        SortedMap<String, Boolean> calls = new TreeMap<>(
                Comparator.comparing((String call) -> call.substring(call.indexOf(' ')))
                    .thenComparing(Comparator.naturalOrder()));
        HttpResponse<String> document = send(HttpRequest.newBuilder(URI.create(this.url + "/v3/api-docs")));
        assertThat(document.statusCode()).isEqualTo(200);
        JsonMapper.shared()
            .readTree(document.body())
            .path("paths")
            .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                if (METHODS.contains(method)) {
                    calls.put(method.toUpperCase(Locale.ROOT) + " " + path, operation.has("requestBody"));
                }
            }));
        assertThat(calls).isNotEmpty();
        return calls;
    }

    private void checkDocument(Set<String> calls) {
        List<String> rows = Stream
            .concat(HEAD.stream(),
                    calls.stream().map((call) -> row(call, (caller) -> ScopeRule.expected(call, caller))))
            .toList();
        List<String> lines = lines();
        int begin = lines.indexOf("## " + this.service + "-service") + 1;
        assertThat(begin).as("the section of the service").isPositive();
        int end = begin;
        while (end < lines.size() && !lines.get(end).startsWith("## ")) {
            end++;
        }
        List<String> section = lines.subList(begin, end);
        if (Boolean.getBoolean("pregao.scopes.write")) {
            section.clear();
            section.addAll(Stream.of(List.of(""), rows, List.of("")).flatMap(List::stream).toList());
            write(lines);
            return;
        }
        assertThat(section.stream().filter((line) -> line.startsWith("|")))
            .as("the rows of docs/scopes.md, which -Dpregao.scopes.write=true writes")
            .containsExactlyElementsOf(rows);
    }

    private static String row(String call, Function<Caller, String> cell) {
        return "| %s | %s | %s |"
            .formatted(call.replace(" ", " | `") + "`",
                    Arrays.stream(Caller.values()).map(cell).collect(Collectors.joining(" | ")), ScopeRule.reason(call))
            .replace("|  |", "| |");
    }

    private String answer(String call, boolean hasBody, Caller caller) {
        checkThing(call, caller);
        HttpResponse<String> answer = call(call, hasBody, caller);
        String status = String.valueOf(answer.statusCode());
        if (REFUSED.contains(status)) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status.equals("401"));
            return status;
        }
        boolean somebodys = ScopeRule.expected(call, caller).equals("404");
        return (somebodys || answer.statusCode() >= 500) ? status : ScopeRule.LET_THROUGH;
    }

    private HttpResponse<String> call(String call, boolean hasBody, Caller caller) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + address(call, caller)))
            .method(call.substring(0, call.indexOf(' ')),
                    hasBody ? HttpRequest.BodyPublishers.ofString(this.bodies.getOrDefault(call, BODY))
                            : HttpRequest.BodyPublishers.noBody());
        if (hasBody) {
            request.header("Content-Type", "application/json");
        }
        String credential = this.credentials.apply(caller);
        if (!credential.isEmpty()) {
            int colon = credential.indexOf(": ");
            request.header(credential.substring(0, colon), credential.substring(colon + 2));
        }
        return send(request);
    }

    private String address(String call, Caller caller) {
        String path = call.substring(call.indexOf(' ') + 1);
        return ((caller == Caller.STRANGER) ? somebodys(path) : path).replace("{money}", "paper")
            .replace("{format}", "svg")
            .replaceAll("\\{\\w+}", this.unknownId) + this.queries.getOrDefault(call, "");
    }

    /** The path with all that is somebody's in it, the innermost thing first. */
    private String somebodys(String path) {
        return this.things.entrySet()
            .stream()
            .filter((thing) -> path.startsWith(thing.getKey()))
            .max(Comparator.comparingInt((thing) -> thing.getKey().length()))
            .map((thing) -> somebodys(thing.getValue() + path.substring(thing.getKey().length())))
            .orElse(path);
    }

    /** A stranger who asks for what nobody has shows nothing. */
    private void checkThing(String call, Caller caller) {
        String path = call.substring(call.indexOf(' ') + 1);
        if (caller == Caller.STRANGER && ScopeRule.namesSomething(call)
                && ScopeRule.expected(call, caller).equals("404")) {
            assertThat(somebodys(path)).as("the thing of somebody's that this path names").isNotEqualTo(path);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private static List<String> lines() {
        try {
            return new ArrayList<>(Files.readAllLines(DOCUMENT));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void write(List<String> lines) {
        try {
            Files.writeString(DOCUMENT, String.join("\n", lines).stripTrailing() + "\n");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
