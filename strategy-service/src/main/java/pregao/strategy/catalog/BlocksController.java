package pregao.strategy.catalog;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.market.catalog.Catalog;
import pregao.market.catalog.CatalogResult;
import pregao.market.pattern.Pattern;
import pregao.strategy.catalog.pattern.EnumNames;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.QueryParameters;

/**
 * {@code /api/catalog/{id}/blocks}: an analysis of one instrument, block by block.
 */
@RestController
@RequestMapping("/api/catalog/{id}/blocks")
@SecurityRequirement(name = "token")
class BlocksController {

    private static final Map<String, String> LEGEND = legend();

    private final AnalysisService analyses;

    private final BlockingExecutor blocking;

    BlocksController(AnalysisService analyses, BlockingExecutor blocking) {
        this.analyses = analyses;
        this.blocking = blocking;
    }

    @GetMapping
    @Operation(operationId = "listBlocks", summary = "Lists the outcome of the pattern in each block of an instrument")
    @Parameter(name = "symbol", required = true, description = "one of the analysis")
    @Parameter(name = "feed", description = "that of the token")
    Mono<BlocksResponse> blocks(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @Parameter(hidden = true) @RequestParam Map<String, String> given) {
        QueryParameters parameters = new QueryParameters(given);
        Instrument instrument = InstrumentQuery.read(parameters, given, person.feed()).orElseThrow(parameters::failure);
        return this.blocking.call(() -> {
            Analysis analysis = this.analyses.done(id, person.id());
            return items(analysis, this.analyses.looked(id, analysis, instrument));
        });
    }

    private static BlocksResponse items(Analysis analysis, AnalyzedSeries looked) {
        Pattern pattern = analysis.pattern().toPattern();
        CatalogResult result = new Catalog(analysis.settings()).read(looked.instrument(), looked.colours(),
                looked.asOf());
        return new BlocksResponse(looked.instrument().feed(), looked.instrument().symbol(), pattern.name(),
                Instant.ofEpochMilli(looked.asOf()),
                result.blocks().stream().map((block) -> BlockResponse.of(block, pattern, looked.colours())).toList(),
                LEGEND);
    }

    private static Map<String, String> legend() {
        Map<String, String> legend = new LinkedHashMap<>();
        Arrays.stream(OutcomeColor.values()).forEach((shade) -> legend.put(EnumNames.of(shade), shade.meaning()));
        return legend;
    }

    /**
     * The answer.
     *
     * @param feed of the instrument
     * @param symbol of the instrument
     * @param pattern by which blocks are read
     * @param asOf the moment as of which they are read
     * @param items the oldest first
     * @param legend what the colours mean
     */
    record BlocksResponse(String feed, String symbol, String pattern, Instant asOf, List<BlockResponse> items,
            Map<String, String> legend) {

    }

}
