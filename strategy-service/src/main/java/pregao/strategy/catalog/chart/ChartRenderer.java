package pregao.strategy.catalog.chart;

import java.awt.Color;
import java.awt.Font;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.knowm.xchart.OHLCChart;
import org.knowm.xchart.OHLCChartBuilder;
import org.knowm.xchart.OHLCSeries;
import org.knowm.xchart.style.OHLCStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import pregao.market.pattern.Direction;
import pregao.strategy.catalog.OutcomeColor;

/**
 * Renders a chart. Each color has a shape of its own, so that the chart does not rely on
 * colors alone.
 */
final class ChartRenderer {

    private static final Color BACKGROUND = new Color(0x131722);

    private static final Color GRID = new Color(0x2A2E39);

    private static final Color TEXT = new Color(0xD1D4DC);

    private static final Color UP = new Color(0x26A69A);

    private static final Color DOWN = new Color(0xEF5350);

    /** The library cannot draw marks without a line, so the line is transparent. */
    private static final Color TRANSPARENT = new Color(0, true);

    private static final Color ENTRY = new Color(0xB2B5BE);

    /** Narrower charts have smaller fonts and marks. */
    private static final int NARROW_WIDTH = 600;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd HH:mm", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private static final Map<OutcomeColor, LineStyle> LINE_STYLES = Map.of(OutcomeColor.GREEN,
            new LineStyle("G0", 0x4CAF50, SeriesMarkers.CIRCLE), OutcomeColor.BLUE,
            new LineStyle("G1", 0x42A5F5, SeriesMarkers.SQUARE), OutcomeColor.YELLOW,
            new LineStyle("G2", 0xFFEB3B, SeriesMarkers.DIAMOND), OutcomeColor.ORANGE,
            new LineStyle("G3+", 0xFF9800, SeriesMarkers.TRAPEZOID), OutcomeColor.RED,
            new LineStyle("loss", 0xFF5252, SeriesMarkers.CROSS), OutcomeColor.WHITE,
            new LineStyle("null", 0xFFFFFF, SeriesMarkers.OVAL));

    private final ChartModel model;

    private final boolean isNarrow;

    ChartRenderer(ChartModel model) {
        this.model = model;
        this.isNarrow = model.width() < NARROW_WIDTH;
    }

    /**
     * Creates the chart.
     * @return a chart that can be painted
     */
    OHLCChart createChart() {
        ChartAnnotations annotations = new ChartAnnotations(this.model);
        OHLCChart chart = new OHLCChartBuilder().width(this.model.width())
            .height(this.model.height())
            .title("%s  %s  %s, UTC".formatted(this.model.instrument().symbol(), this.model.pattern().timeframe(),
                    this.model.pattern().name()))
            .build();
        applyStyle(chart.getStyler(), annotations);
        addCandles(chart);
        for (OutcomeColor outcome : OutcomeColor.values()) {
            LineStyle lineStyle = LINE_STYLES.get(outcome);
            if (lineStyle != null && annotations.outcomeMarks().containsKey(outcome)) {
                addMarks(chart, lineStyle.name(), annotations.outcomeMarks().get(outcome),
                        new Color(lineStyle.colour()), lineStyle.marker());
            }
        }
        annotations.entryMarks()
            .forEach((direction, points) -> addMarks(chart, (direction == Direction.CALL) ? "call" : "put", points,
                    ENTRY, (direction == Direction.CALL) ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.TRIANGLE_DOWN));
        return chart;
    }

    private void addCandles(OHLCChart chart) {
        List<ChartModel.Bar> bars = this.model.candles();
        if (bars.isEmpty()) {
            addMarks(chart, "no candles", List.of(new double[] { 0, 0 }), BACKGROUND, SeriesMarkers.NONE);
            return;
        }
        OHLCSeries series = chart.addSeries("candles", IntStream.range(0, bars.size()).asDoubleStream().toArray(),
                bars.stream().mapToDouble(ChartModel.Bar::open).toArray(),
                bars.stream().mapToDouble(ChartModel.Bar::high).toArray(),
                bars.stream().mapToDouble(ChartModel.Bar::low).toArray(),
                bars.stream().mapToDouble(ChartModel.Bar::close).toArray());
        series.setOhlcSeriesRenderStyle(OHLCSeries.OHLCSeriesRenderStyle.Candle);
        series.setUpColor(UP);
        series.setDownColor(DOWN);
        series.setShowInLegend(false);
    }

    private static void addMarks(OHLCChart chart, String name, List<double[]> points, Color color, Marker marker) {
        OHLCSeries series = chart.addSeries(name, points.stream().mapToDouble((point) -> point[0]).toArray(),
                points.stream().mapToDouble((point) -> point[1]).toArray());
        series.setOhlcSeriesRenderStyle(OHLCSeries.OHLCSeriesRenderStyle.Line);
        series.setLineColor(TRANSPARENT);
        series.setMarker(marker);
        series.setMarkerColor(color);
    }

    private void applyStyle(OHLCStyler styler, ChartAnnotations annotations) {
        int fontSize = this.isNarrow ? 10 : 12;
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, fontSize);
        styler.setBaseFont(font);
        styler.setChartBackgroundColor(BACKGROUND);
        styler.setChartFontColor(TEXT);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, fontSize + 2f));
        styler.setChartTitleBoxVisible(false);
        styler.setPlotBackgroundColor(BACKGROUND);
        styler.setPlotBorderColor(GRID);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBackgroundColor(BACKGROUND);
        styler.setLegendBorderColor(BACKGROUND);
        styler.setLegendFont(font);
        styler.setLegendPadding(this.isNarrow ? 2 : 6);
        styler.setLegendSeriesLineLength(fontSize);
        styler.setMarkerSize(this.isNarrow ? 5 : 8);
        styler.setPlotGridLinesColor(GRID);
        styler.setAxisTickLabelsFont(font);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setAxisTickMarksColor(GRID);
        styler.setPlotContentSize(0.98);
        styler.setXAxisMaxLabelCount(Math.max(3, this.model.width() / 110));
        styler.setXAxisTickLabelsFormattingFunction(
                (index) -> TIME.format(Instant.ofEpochMilli(annotations.openTimeAt(index))));
        styler.setYAxisDecimalPattern("0." + "0".repeat(annotations.decimals()));
        styler.setYAxisMin(annotations.axisMin());
        styler.setYAxisMax(annotations.axisMax());
    }

    /**
     * The marks of an outcome.
     *
     * @param name the name in the legend
     * @param colour the color of the marks, as 0xRRGGBB
     * @param marker the shape of the marks
     */
    private record LineStyle(String name, int colour, Marker marker) {

    }

}
