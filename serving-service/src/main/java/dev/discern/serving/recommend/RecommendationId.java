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
 * (RFC 9562) whose first 32 bits are a checksum of the model's version and whose next four are the alias, and whether the user's side was
 * drawn; the rest is random. Names are not signed: who may send events can make some up.
 */
public final class RecommendationId {

    private static final int ALIAS_SHIFT =
            28; // of the high half: 32 bits version, 4 bits alias, 12 random, 4 bits UUID version, 12 random

    private static final long RANDOM = 0x0fff_0fffL; // of the high half
    private static final long VERSION_8 = 0x8000L;

    private RecommendationId() {}

    /** A new name for an answer of this arm. */
    public static UUID next(Arm arm) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return name(arm, random.nextLong(), random.nextLong());
    }

    /** The first name that {@link #next} can give to an answer of this arm, in the order of a UUID's bytes. */
    public static UUID first(Arm arm) {
        return name(arm, 0, 0);
    }

    /** The last name that {@link #next} can give to an answer of this arm, in the order of a UUID's bytes. */
    public static UUID last(Arm arm) {
        return name(arm, -1, -1);
    }

    private static UUID name(Arm arm, long highRandom, long lowRandom) {
        long high = checksum(arm.version()) << 32
                | (long) code(arm.alias(), arm.drawn()) << ALIAS_SHIFT
                | (highRandom & RANDOM)
                | VERSION_8;
        return new UUID(high, lowRandom >>> 2 | Long.MIN_VALUE);
    }

    /** The alias under which the answer was given; empty for a name that is none of ours. */
    public static Optional<Alias> alias(UUID id) {
        int code = (int) (id.getMostSignificantBits() >>> ALIAS_SHIFT) & 0xf;
        return id.version() == 8
                ? Arrays.stream(Alias.values())
                        .filter(alias -> code(alias, false) == code || code(alias, true) == code)
                        .findFirst()
                : Optional.empty();
    }

    /** Stands in names that are out in the world: a code never changes its meaning. */
    private static int code(Alias alias, boolean drawn) {
        return switch (alias) {
            case CHAMPION -> drawn ? 4 : 1;
            case CHALLENGER -> drawn ? 5 : 2;
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
