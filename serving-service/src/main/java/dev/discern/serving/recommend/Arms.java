package dev.discern.serving.recommend;

import dev.discern.common.artifact.Alias;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Who is tried on the challenger. A user stays on one side as long as the share and the challenger stay: the side is a hash of the user's
 * id and of the challenger's version, so that it is not always the same users who are tried on.
 *
 * @param challengerShare of the users, in [0, 1]
 */
public record Arms(double challengerShare) {

    private static final double BUCKETS = 1L << 32;

    public Arms {
        if (!(challengerShare >= 0 && challengerShare <= 1)) {
            throw new IllegalArgumentException("expected a share in [0, 1], got " + challengerShare);
        }
    }

    /** The side that a user is on. */
    public Alias of(String userId, String challengerVersion) {
        CRC32C hash = new CRC32C();
        hash.update(challengerVersion.getBytes(StandardCharsets.UTF_8));
        hash.update(0);
        hash.update(userId.getBytes(StandardCharsets.UTF_8));
        return mixed(hash.getValue()) / BUCKETS < challengerShare ? Alias.CHALLENGER : Alias.CHAMPION;
    }

    /** Ids that differ in their last digits only have checksums that differ in few bits: spread them (Murmur3's finalizer). */
    private static long mixed(long value) {
        int h = (int) value;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        h ^= h >>> 16;
        return Integer.toUnsignedLong(h);
    }
}
