package dev.discern.serving.recommend;

import dev.discern.common.artifact.Alias;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * Names an answer so that an event that carries the name tells which model it came from, without a table of answers: a UUID of version 8
 * (RFC 9562) whose first 32 bits are a checksum of the model's version and whose next four are the alias; the rest is random.
 */
public final class RecommendationId {

    private static final int ALIAS_SHIFT =
            28; // of the high half: 32 bits version, 4 bits alias, 12 random, 4 bits UUID version, 12 random

    private RecommendationId() {}

    /** A new name for an answer of this model under this alias. */
    public static UUID next(Alias alias, String version) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = checksum(version) << 32
                | (long) code(alias) << ALIAS_SHIFT
                | (random.nextLong() & 0x0fff_0fffL)
                | 0x8000L;
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /** The alias under which the answer was given; empty for a name that is none of ours. */
    public static Optional<Alias> alias(UUID id) {
        int code = (int) (id.getMostSignificantBits() >>> ALIAS_SHIFT) & 0xf;
        return id.version() == 8
                ? Arrays.stream(Alias.values())
                        .filter(alias -> code(alias) == code)
                        .findFirst()
                : Optional.empty();
    }

    /** Stands in names that are out in the world: a code never changes its meaning. */
    private static int code(Alias alias) {
        return switch (alias) {
            case CHAMPION -> 1;
            case CHALLENGER -> 2;
            case SHADOW -> 3;
        };
    }

    /** Whether an answer of this model has this name. */
    public static boolean isOf(UUID id, String version) {
        return id.version() == 8 && id.getMostSignificantBits() >>> 32 == checksum(version);
    }

    private static long checksum(String version) {
        CRC32C hash = new CRC32C();
        hash.update(version.getBytes(StandardCharsets.UTF_8));
        return hash.getValue();
    }
}
