package pregao.strategy.catalog.chart;

import java.awt.Dimension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.OHLCChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The image formats of charts.
 */
enum ImageFormat {

    /** A raster image. */
    PNG("image/png") {

        @Override
        void write(OHLCChart chart, ByteArrayOutputStream out) throws IOException {
            try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", stream);
            }
        }

    },
    /** A vector image, sharp at any size. */
    SVG("image/svg+xml") {

        @Override
        void write(OHLCChart chart, ByteArrayOutputStream out) throws IOException {
            Document document = createDocument();
            SVGGraphics2D graphics = new SVGGraphics2D(document);
            graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            // Batik's own stream writer refers to a DTD on the web, which viewers might
            // fetch.
            addTitle(graphics.getRoot(document.getDocumentElement()), chart);
            try {
                TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(out));
            }
            catch (TransformerException ex) {
                throw new IOException(ex);
            }
        }

    };

    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    private final String mediaType;

    ImageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return this.mediaType;
    }

    /**
     * Encodes a chart.
     * @param chart the chart
     * @return the bytes of the image
     */
    byte[] encode(OHLCChart chart) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(chart, out);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return out.toByteArray();
    }

    abstract void write(OHLCChart chart, ByteArrayOutputStream out) throws IOException;

    /**
     * Adds the title as text for screen readers, because Batik draws letters as shapes.
     */
    private static void addTitle(Element root, OHLCChart chart) {
        root.setAttribute("viewBox", "0 0 %d %d".formatted(chart.getWidth(), chart.getHeight()));
        root.setAttribute("role", "img");
        Element title = root.getOwnerDocument().createElementNS(SVG_NAMESPACE, "title");
        title.setTextContent(chart.getTitle());
        root.insertBefore(title, root.getFirstChild());
    }

    private static Document createDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .getDOMImplementation()
                .createDocument(SVG_NAMESPACE, "svg", null);
        }
        catch (ParserConfigurationException ex) {
            throw new IllegalStateException(ex); // not configurable, so it cannot fail
        }
    }

}
