package pregao.benchmark.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that sends prebuilt bytes, so that the client costs
 * the measured machine as little as it can.
 */
final class KeepAliveConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();

    private final InputStream in;

    KeepAliveConnection(URI url) throws IOException {
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(TIMEOUT_MILLIS);
        int port = (url.getPort() > 0) ? url.getPort() : 80;
        this.socket.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(this.socket.getInputStream(), 1 << 16);
    }

    HttpReply exchange(byte[] request) throws IOException {
        this.socket.getOutputStream().write(request);
        String first = line();
        if (!first.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP/1.1 answer: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        int length = 0;
        int retryAfter = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "retry-after" -> retryAfter = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = "chunked".equalsIgnoreCase(value);
                default -> {
                    // The others do not matter to a load client.
                }
            }
        }
        byte[] body = chunked ? chunks() : bytes(length);
        return new HttpReply(status, retryAfter, new String(body, StandardCharsets.ISO_8859_1));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        String size = line();
        int extension = size.indexOf(';');
        return Integer.parseInt((extension < 0) ? size : size.substring(0, extension), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = this.in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

}
