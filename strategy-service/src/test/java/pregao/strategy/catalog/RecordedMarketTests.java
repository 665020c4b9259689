package pregao.strategy.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Compares the evaluation of recorded market data by the service with a naive evaluation
 * of the files. The response is kept in {@code target} for the documentation.
 */
class RecordedMarketTests {

    private static final List<String> FILES = List.of("eurusd_m1_2025-02-13_24_mt5", "cadjpy_m1_2022-09-29_30_mt4",
            "gbpusd_m1_2012-02_fxcm", "btcusdt_m1_2021-04_05_binance", "ethusdt_m1_2021-04_05_binance");

    private static final int MAX_ROWS = 3_000;

    private final Map<String, Map<Long, Character>> markets = new TreeMap<>();

    private static Path path(String name) {
        Path folder = Optional.ofNullable(System.getenv("PREGAO_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"))
            .toAbsolutePath()
            .normalize();
        assumeTrue(Files.isReadable(folder.resolve(name)),
                () -> "there is no " + folder.resolve(name) + "; name the folder in PREGAO_TEST_DATA");
        return folder.resolve(name);
    }

    private void load(String file) throws IOException {
        List<String[]> rows;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path(file + ".csv.gz"))), StandardCharsets.UTF_8))) {
            rows = reader.lines().skip(1).map((line) -> line.split(",", -1)).toList();
        }
        List<String[]> lastRows = rows.subList(Math.max(0, rows.size() - MAX_ROWS), rows.size());
        StrategyDatabase.shared()
            .market()
            .execute(lastRows.stream()
                .map((row) -> "('recorded','%s','M1','%s',%s,%s,%s,%s,%s,'given',true,4,1)".formatted(row[0], row[1],
                        row[2], row[3], row[4], row[5], row[6]))
                .collect(Collectors.joining(",",
                        "insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source,"
                                + " final, rank, revision) values ",
                        " on conflict do nothing")));
        Map<Long, Character> letters = new TreeMap<>();
        lastRows.forEach((row) -> letters.put(Instant.parse(row[1]).getEpochSecond(),
                letter(new BigDecimal(row[5]).compareTo(new BigDecimal(row[2])))));
        this.markets.put(lastRows.getFirst()[0], letters);
    }

    private static char letter(int sign) {
        return (sign > 0) ? 'G' : (sign < 0) ? 'R' : 'D';
    }

    /** Evaluates the blocks independently according to PROTOCOLS 4.4. */
    private static List<String> evaluateNaively(Map<Long, Character> letters, long now) {
        List<Long> starts = letters.keySet()
            .stream()
            .map((time) -> time / 300 * 300)
            .distinct()
            .filter((start) -> start + 300 <= now)
            .toList();
        List<String> blocks = new ArrayList<>();
        for (long start : starts.subList(Math.max(0, starts.size() - 100), starts.size())) {
            StringBuilder blockLetters = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                blockLetters.append(letters.getOrDefault(start + 60L * i, '.'));
            }
            blocks.add(start + " " + outcome(blockLetters.toString(), letters, start + 300, now));
        }
        return blocks;
    }

    private static String outcome(String blockLetters, Map<Long, Character> letters, long entry, long now) {
        if (blockLetters.contains(".")) {
            return "skipped_gap";
        }
        if (blockLetters.contains("D")) {
            return "null";
        }
        char side = (blockLetters.replace("R", "").length() < 3) ? 'G' : 'R';
        for (int level = 0; level < 3; level++) {
            Character color = letters.get(entry + 60L * level);
            if (color == null) {
                return (now < entry + 60L * level + 180) ? "pending " + side : "void " + side;
            }
            if (color == side) {
                return "win " + side + level;
            }
        }
        return "loss " + side;
    }

    @Test
    void blocksMatchNaiveEvaluation() throws IOException {
        for (String file : FILES) {
            load(file);
        }
        CandleRows.markAsReplay("recorded");
        StrategyDatabase.shared().market().noteSeries();
        TestTokenIssuer tokenIssuer = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                tokenIssuer.url())) {
            TestCallers caller = new TestCallers(service, tokenIssuer, UUID.randomUUID());
            JsonNode analysis = caller.analyze("{\"feed\": \"recorded\", \"top\": 1}");
            Files.writeString(Path.of("target", "catalog-example.json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(analysis));
            long now = Objects.requireNonNull(this.markets.get("EURUSD"))
                .keySet()
                .stream()
                .max(Long::compare)
                .orElseThrow() + 60;
            for (Map.Entry<String, Map<Long, Character>> market : this.markets.entrySet()) {
                List<String> blocks = new ArrayList<>();
                caller
                    .getJson("/api/catalog/%s/blocks?feed=recorded&symbol=%s".formatted(analysis.get("id").asString(),
                            market.getKey()))
                    .get("items")
                    .forEach((block) -> blocks.add(toText(block)));
                assertThat(blocks).as(market.getKey()).hasSize(100).isEqualTo(evaluateNaively(market.getValue(), now));
            }
        }
        finally {
            tokenIssuer.stop();
        }
    }

    private static String toText(JsonNode block) {
        String outcome = block.get("outcome").asString();
        String side = switch (block.get("direction").asString("")) {
            case "call" -> " G";
            case "put" -> " R";
            default -> "";
        };
        return Instant.parse(block.get("ts").asString()).getEpochSecond() + " " + outcome + side
                + (outcome.equals("win") ? block.get("level").asString() : "");
    }

}
