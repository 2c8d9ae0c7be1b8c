package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.common.artifact.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SafetensorsTests {

    private Path file;

    @BeforeEach
    void file(@TempDir Path folder) {
        file = folder.resolve("embeddings.safetensors");
    }

    @Test
    void aParserThatKnowsOnlyTheFormatReadsTheSame() throws IOException {
        float[] large = new float[3 * 70_001]; // more than a chunk
        for (int k = 0; k < large.length; k++) {
            large[k] = k * 0.5f - 7;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("user", new Tensor(List.of(2, 2), new float[] {1.5f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE}));
        tensors.put("item", new Tensor(List.of(70_001, 3), large));
        tensors.put("item_bias", new Tensor(List.of(1), new float[] {0.1f}));
        Safetensors.write(file, tensors);

        byte[] bytes = Files.readAllBytes(file);
        tensors.forEach((name, tensor) -> {
            assertThat(floats(bytes, name)).isEqualTo(tensor.values());
            assertThat(header(bytes).at("/" + name + "/dtype").asString()).isEqualTo("F32");
            assertThat(header(bytes).at("/" + name + "/shape").valueStream().map(JsonNode::asInt))
                    .containsExactlyElementsOf(tensor.shape());
        });
        assertThat((Long.BYTES + headerLength(bytes)) % 8)
                .as("values are aligned")
                .isZero();
        assertThat(header(bytes).at("/item_bias/data_offsets/1").asLong())
                .isEqualTo(bytes.length - Long.BYTES - headerLength(bytes));
        Safetensors.read(file)
                .forEach((name, tensor) ->
                        assertThat(tensor.values()).isEqualTo(tensors.get(name).values()));
    }

    @Test
    void equalTensorsAreEqualBytesOnEveryJvm() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("user", new Tensor(List.of(1, 2), new float[] {1, 2}));
        tensors.put("bias", new Tensor(List.of(1), new float[] {3}));
        Safetensors.write(file, tensors);

        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, Long.BYTES, headerLength(bytes), StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"user\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                        + "\"bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
    }

    @Test
    void whatOthersAddIsPassedOver() throws IOException {
        write(
                "{\"__metadata__\":{\"format\":\"np\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ",
                4);
        assertThat(Safetensors.read(file)).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1000, 1L << 21, Integer.MAX_VALUE + 1L, Long.MIN_VALUE, Long.MAX_VALUE})
    void aHeaderLengthThatCannotBe(long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(length).array());
        assertRefused("a header that fits the file, found " + length + " header bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'[2]', '[0,4]', 4", // shape and range differ
        "'[1]', '[4,8]', 8", // a gap
        "'[1]', '[-4,0]', 4",
        "'[-1]', '[0,-4]', 4",
        "'[-1,-1]', '[0,4]', 4",
        "'[1.5]', '[0,4]', 4",
        "'[3000000000]', '[0,4]', 4",
        "'[\"x\"]', '[0,4]', 4",
        "'[2147483647,2147483647,2147483647]', '[0,4]', 4", // overflows 64 bits
        "'[65536,65536]', '[0,17179869184]', 4", // no array is that long
        "'[65536,65536,65536,65536]', '[0,0]', 0", // 2^64 values, which look like none
        "'[1]', '[0]', 4"
    })
    void shapesAndOffsetsThatLie(String shape, String offsets, int values) throws IOException {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, offsets), values);
        assertRefused("shape and offsets of 'a' that agree");
    }

    @ParameterizedTest
    @CsvSource({"3, 4 bytes of values", "5, 4 bytes of values", "0, 4 bytes of values"})
    void valuesThatDoNotFillTheFile(int bytes, String message) throws IOException {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", bytes);
        assertRefused(message + ", found " + bytes + " bytes");
    }

    @Test
    void moreValuesThanThereAreAreNotAllocated() throws IOException {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000],\"data_offsets\":[0,8000000000]}}", 4);
        assertRefused("8000000000 bytes of values, found 4 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "F64", "I32", ""})
    void otherTypes(String type) throws IOException {
        write("{\"a\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,4]}}".formatted(type), 4);
        assertRefused("F32 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "not json at all", "{\"a\":5}"})
    void headersThatAreNone(String json) throws IOException {
        write(json, 0);
        assertRefused("");
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() throws IOException {
        write("{\"a\":" + "[".repeat(100_000), 0);
        assertRefused("a JSON header");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesThatAreNotFinite(float value) throws IOException {
        Safetensors.write(file, Map.of("item", new Tensor(List.of(3), new float[] {0, 1, value})));
        assertRefused("finite values, found " + value + " at position 2 of 'item'");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith(file + ": expected ")
                .withMessageContaining(message)
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.MALFORMED);
    }

    private void write(String header, int valueBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + json.length + valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
    }

    private static int headerLength(byte[] bytes) {
        return Math.toIntExact(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    private static JsonNode header(byte[] bytes) {
        return JsonMapper.builder()
                .build()
                .readTree(new String(bytes, Long.BYTES, headerLength(bytes), StandardCharsets.UTF_8));
    }

    private static float[] floats(byte[] bytes, String name) {
        int values = Long.BYTES + headerLength(bytes);
        int from = header(bytes).at("/" + name + "/data_offsets/0").asInt();
        int to = header(bytes).at("/" + name + "/data_offsets/1").asInt();
        float[] floats = new float[(to - from) / Float.BYTES];
        ByteBuffer.wrap(bytes, values + from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return floats;
    }
}
