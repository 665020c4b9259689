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
 * {@code /api/catalog/{id}/blocks}: the outcome of each block of an instrument of an
 * analysis.
 */
@RestController
@RequestMapping("/api/catalog/{id}/blocks")
@SecurityRequirement(name = "token")
class BlocksController {

    private static final Map<String, String> LEGEND = createLegend();

    private final AnalysisService analysisService;

    private final BlockingExecutor blockingExecutor;

    BlocksController(AnalysisService analysisService, BlockingExecutor blockingExecutor) {
        this.analysisService = analysisService;
        this.blockingExecutor = blockingExecutor;
    }

    @GetMapping
    @Operation(operationId = "listBlocks", summary = "Lists the outcome of the pattern in each block of an instrument")
    @Parameter(name = "symbol", required = true, description = "one of the analysis")
    @Parameter(name = "feed", description = "that of the token")
    Mono<BlocksResponse> listBlocks(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @Parameter(hidden = true) @RequestParam Map<String, String> requestParameters) {
        QueryParameters parameters = new QueryParameters(requestParameters);
        Instrument instrument = InstrumentQuery.parse(parameters, requestParameters, user.feed())
            .orElseThrow(parameters::toException);
        return this.blockingExecutor.call(() -> {
            Analysis analysis = this.analysisService.getCompletedAnalysis(id, user.id());
            return toResponse(analysis, this.analysisService.getAnalyzedSeries(id, analysis, instrument));
        });
    }

    private static BlocksResponse toResponse(Analysis analysis, AnalyzedSeries series) {
        Pattern pattern = analysis.pattern().toPattern();
        CatalogResult result = new Catalog(analysis.toCatalogConfig()).read(series.instrument(), series.colours(),
                series.asOf());
        return new BlocksResponse(series.instrument().feed(), series.instrument().symbol(), pattern.name(),
                Instant.ofEpochMilli(series.asOf()),
                result.blocks().stream().map((block) -> BlockResponse.of(block, pattern, series.colours())).toList(),
                LEGEND);
    }

    private static Map<String, String> createLegend() {
        Map<String, String> legend = new LinkedHashMap<>();
        Arrays.stream(OutcomeColor.values()).forEach((color) -> legend.put(EnumNames.nameOf(color), color.meaning()));
        return legend;
    }

    /**
     * The response.
     *
     * @param feed the feed of the instrument
     * @param symbol the symbol of the instrument
     * @param pattern the name of the pattern
     * @param asOf the reference time of the evaluation
     * @param items the blocks, oldest first
     * @param legend the meaning of each color
     */
    record BlocksResponse(String feed, String symbol, String pattern, Instant asOf, List<BlockResponse> items,
            Map<String, String> legend) {

    }

}
