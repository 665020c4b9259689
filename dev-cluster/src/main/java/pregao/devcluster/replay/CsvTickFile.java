package pregao.devcluster.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * A CSV file of candles or ticks, plain or gzipped, read line by line.
 */
final class CsvTickFile implements Iterator<CsvRow>, Closeable {

    private static final int GZIP_MAGIC = 0x1f8b;

    private final CountingInputStream bytes;

    private final BufferedReader reader;

    private final CsvHeader header;

    private final IngestItemMapper items;

    private long line = 1;

    private @Nullable String next;

    private CsvTickFile(CountingInputStream bytes, BufferedReader reader, @Nullable String symbol, Timeframe timeframe,
            @Nullable Integer digits) throws IOException {
        this.bytes = bytes;
        this.reader = reader;
        this.header = CsvHeader.parse(reader.readLine());
        this.items = new IngestItemMapper(this.header, symbol, timeframe, digits);
        advance();
    }

    /**
     * Opens a file.
     * @param path where it is
     * @param symbol what every row is sent as, or null for what the file says
     * @param timeframe of its candles
     * @param digits what a point of its candles' spreads is worth, or null where unknown
     * @return the rows
     * @throws IOException where it cannot be read
     */
    static CsvTickFile open(Path path, @Nullable String symbol, Timeframe timeframe, @Nullable Integer digits)
            throws IOException {
        CountingInputStream bytes = new CountingInputStream(Files.newInputStream(path));
        try {
            InputStream buffered = new BufferedInputStream(bytes, 1 << 16);
            buffered.mark(2);
            boolean gzipped = ((buffered.read() << 8) | buffered.read()) == GZIP_MAGIC;
            buffered.reset();
            InputStream plain = gzipped ? new GZIPInputStream(buffered, 1 << 16) : buffered;
            BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
            return new CsvTickFile(bytes, reader, symbol, timeframe, digits);
        }
        catch (IOException | UnreadableFileException ex) {
            bytes.close();
            throw ex;
        }
    }

    IngestEndpoint route() {
        return this.header.route();
    }

    /**
     * How far the file was read.
     * @return bytes of the file as it is on the disk
     */
    long bytesRead() {
        return this.bytes.count.get();
    }

    @Override
    public boolean hasNext() {
        return this.next != null;
    }

    @Override
    public CsvRow next() {
        String text = this.next;
        if (text == null) {
            throw new NoSuchElementException();
        }
        CsvRow row = this.items.row(this.line, text);
        try {
            advance();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("after line " + this.line, ex);
        }
        return row;
    }

    private void advance() throws IOException {
        do {
            this.next = this.reader.readLine();
            this.line++;
        }
        while (this.next != null && this.next.isBlank());
    }

    @Override
    public void close() throws IOException {
        this.reader.close();
    }

    private static final class CountingInputStream extends FilterInputStream {

        private final AtomicLong count = new AtomicLong();

        CountingInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            this.count.addAndGet((value < 0) ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            this.count.addAndGet(Math.max(read, 0));
            return read;
        }

    }

}
