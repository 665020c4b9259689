package pregao.system.ea;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A terminal's WebRequest: one HTTP/1.1 request over a connection of its own, exactly the
 * bytes it is given, answered within five seconds or not at all.
 */
public final class TerminalHttpClient {

    private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

    private final URI base;

    private Fault fault = Fault.NONE;

    /**
     * A wire to the service.
     * @param base where it is
     */
    public TerminalHttpClient(URI base) {
        this.base = base;
    }

    /**
     * Breaks the wire, or mends it.
     * @param next what is wrong with it from now on
     */
    public void breaks(Fault next) {
        this.fault = next;
    }

    /**
     * Sends a request.
     * @param path where to
     * @param headers {@code Name: value} lines, each ended by CR LF
     * @param body the bytes
     * @return the answer
     * @throws IOException where none came
     */
    Reply post(String path, String headers, byte[] body) throws IOException {
        if (this.fault == Fault.NOT_SENT) {
            throw new IOException("5201: cannot connect");
        }
        try (Socket socket = new Socket(this.base.getHost(), this.base.getPort())) {
            socket.setSoTimeout(TIMEOUT);
            String head = "POST " + path + " HTTP/1.1\r\n" + "Host: " + this.base.getAuthority() + "\r\n" + headers
                    + "Content-Length: " + body.length + "\r\n\r\n";
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            Reply reply = read(socket.getInputStream());
            if (this.fault == Fault.ANSWER_LOST) {
                throw new IOException("5203: request failed");
            }
            return reply;
        }
    }

    private static Reply read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        int length = 0;
        boolean chunked = false;
        boolean gzipped = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            gzipped |= lower.startsWith("content-encoding:") && lower.contains("gzip");
        }
        byte[] body = chunked ? chunks(in) : exactly(in, length);
        byte[] plain = gzipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
        return new Reply(status, new String(plain, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(exactly(in, size));
            line(in);
        }
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within the body");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended within the head");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param text the body
     */
    record Reply(int status, String text) {
    }

    /**
     * What can be wrong with a wire.
     */
    public enum Fault {

        /** Nothing. */
        NONE,
        /** No connection comes about. */
        NOT_SENT,
        /** The request arrives, the answer does not. */
        ANSWER_LOST

    }

}
