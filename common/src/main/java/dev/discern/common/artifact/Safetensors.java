package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Float tensors in the safetensors layout: eight bytes of header length (little endian), a JSON header that gives each tensor's
 * type, shape and byte range, then the values, little endian and row-major.
 */
final class Safetensors {

    /** A tensor of one or two dimensions. */
    @SuppressWarnings("ArrayRecordComponent")
    record Tensor(List<Integer> shape, float[] values) {}

    private static final String METADATA = "__metadata__";
    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int MAX_VALUES = Integer.MAX_VALUE - 8;
    private static final int CHUNK_FLOATS = 1 << 16;

    private Safetensors() {}

    /**
     * What a file holds.
     *
     * @param metadata of the member {@value #METADATA}; empty where there is none
     */
    record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        write(file, tensors, Map.of());
    }

    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, new TreeMap<>(metadata));
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) entry.getValue().values().length * Float.BYTES;
            // An order of its own: that of Map.of differs between JVMs, and with it the hash of equal content.
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("dtype", "F32");
            tensor.put("shape", entry.getValue().shape());
            tensor.put("data_offsets", List.of(offset, end));
            header.put(entry.getKey(), tensor);
            offset = end;
        }
        byte[] json = ArtifactFiles.JSON.writeValueAsBytes(header);
        int padded = (json.length + 7) / 8 * 8; // the values start at a multiple of eight bytes
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(channel, head.flip());
            for (Tensor tensor : tensors.values()) {
                writeValues(channel, tensor.values());
            }
        }
    }

    private static void writeValues(FileChannel channel, float[] values) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
            int count = Math.min(CHUNK_FLOATS, values.length - from);
            chunk.clear().limit(count * Float.BYTES);
            chunk.asFloatBuffer().put(values, from, count);
            writeFully(channel, chunk);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads every tensor; refuses anything but finite F32 values that fill the file exactly. */
    static Map<String, Tensor> read(Path file) throws IOException {
        return readContent(file).tensors();
    }

    /** The same with the metadata, whose values must be strings. */
    static Content readContent(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw malformed(file, "at least 8 bytes", size + " bytes");
            }
            long headerBytes = readFully(channel, Long.BYTES, file).getLong();
            if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - Long.BYTES) {
                throw malformed(file, "a header that fits the file", headerBytes + " header bytes");
            }
            String json = StandardCharsets.UTF_8
                    .decode(readFully(channel, (int) headerBytes, file))
                    .toString();
            JsonNode header = header(file, json);
            return new Content(
                    readTensors(channel, file, header, size - Long.BYTES - headerBytes), metadata(file, header));
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode header) {
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.path(METADATA).properties()) {
            if (!entry.getValue().isString()) {
                throw malformed(file, "metadata of strings", entry.getValue().toString());
            }
            metadata.put(entry.getKey(), entry.getValue().stringValue());
        }
        return metadata;
    }

    private static Map<String, Tensor> readTensors(FileChannel channel, Path file, JsonNode header, long dataBytes)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long expectedOffset = 0;
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            JsonNode tensor = entry.getValue();
            if (entry.getKey().equals(METADATA)) {
                continue;
            }
            if (!tensor.path("dtype").asString("").equals("F32")) {
                throw malformed(file, "F32 values", tensor.path("dtype").toString());
            }
            List<Integer> shape = tensor.path("shape")
                    .valueStream()
                    .map(length -> length.isInt() ? length.intValue() : -1)
                    .toList();
            long count = count(shape);
            long from = tensor.path("data_offsets").path(0).asLong(-1);
            long to = tensor.path("data_offsets").path(1).asLong(-1);
            if (count < 0 || from != expectedOffset || to - from != count * Float.BYTES) {
                throw malformed(
                        file, "shape and offsets of '%s' that agree".formatted(entry.getKey()), tensor.toString());
            }
            expectedOffset = to;
            if (to > dataBytes) {
                throw malformed(file, to + " bytes of values", dataBytes + " bytes");
            }
            tensors.put(entry.getKey(), new Tensor(shape, readValues(channel, (int) count, file, entry.getKey())));
        }
        if (expectedOffset != dataBytes) {
            throw malformed(file, expectedOffset + " bytes of values", dataBytes + " bytes");
        }
        return tensors;
    }

    /** How many values a tensor of this shape has; -1 when no array does. */
    private static long count(List<Integer> shape) {
        long count = 1;
        for (int length : shape) {
            count *= length;
            if (length < 0 || count > MAX_VALUES) {
                return -1;
            }
        }
        return count;
    }

    private static JsonNode header(Path file, String json) {
        try {
            return ArtifactFiles.JSON.readTree(json);
        } catch (JacksonException e) {
            throw malformed(file, "a JSON header", e.getOriginalMessage());
        }
    }

    private static float[] readValues(FileChannel channel, int count, Path file, String name) throws IOException {
        float[] values = new float[count];
        for (int from = 0; from < count; from += CHUNK_FLOATS) {
            int length = Math.min(CHUNK_FLOATS, count - from);
            readFully(channel, length * Float.BYTES, file).asFloatBuffer().get(values, from, length);
        }
        for (int k = 0; k < count; k++) {
            if (!Float.isFinite(values[k])) {
                throw malformed(file, "finite values", "%s at position %d of '%s'".formatted(values[k], k, name));
            }
        }
        return values;
    }

    private static ByteBuffer readFully(FileChannel channel, int bytes, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw malformed(file, bytes + " more bytes", buffer.position() + " bytes");
            }
        }
        return buffer.flip();
    }

    private static ArtifactException malformed(Path file, String expected, String found) {
        return new ArtifactException(Reason.MALFORMED, "%s: expected %s, found %s".formatted(file, expected, found));
    }
}
