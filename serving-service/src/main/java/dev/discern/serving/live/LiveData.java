package dev.discern.serving.live;

import dev.discern.common.data.Item;
import dev.discern.common.db.ChangeReader;
import dev.discern.common.db.UserStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happened since the oldest of the models that answer was trained: in memory, so that an answer waits for no database. One writes,
 * everybody reads. An event takes 12 bytes and a user about 150.
 */
public final class LiveData implements ChangeReader.Sink {

    private final Map<String, Touched> users = new ConcurrentHashMap<>();
    private final Map<String, LiveItem> items = new ConcurrentHashMap<>();
    private final Map<String, String> itemIds =
            new ConcurrentHashMap<>(); // each id once, however many users touch the item
    private final Map<String, List<String>> likes = new ConcurrentHashMap<>();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final AtomicLong itemsVersion = new AtomicLong();

    /** What a user touched since then, oldest first: external ids. */
    public List<String> touched(String userId) {
        return List.of(users.getOrDefault(userId, Touched.NOTHING).items());
    }

    /** The categories that a user likes, as the shop told; empty when nobody said. */
    public List<String> likes(String userId) {
        return likes.getOrDefault(userId, List.of());
    }

    /** Whether a user asked to be forgotten since then: what a model knows of them must not be used. */
    public boolean isErased(String userId) {
        return !erased.isEmpty() && erased.contains(HexFormat.of().formatHex(UserStore.sha256(userId)));
    }

    /** The item as it is now, if it changed since then. */
    public @Nullable LiveItem item(String itemId) {
        return items.get(itemId);
    }

    /** All items that changed since then. */
    public Collection<LiveItem> items() {
        return items.values();
    }

    /** Rises with every change of an item. */
    public long itemsVersion() {
        return itemsVersion.get();
    }

    /** How many users touched something since then. */
    public int users() {
        return users.size();
    }

    @Override
    public void erased(byte[] userIdSha256) {
        erased.add(HexFormat.of().formatHex(userIdSha256));
        Predicate<String> isThis = userId -> Arrays.equals(UserStore.sha256(userId), userIdSha256);
        users.keySet().removeIf(isThis);
        likes.keySet().removeIf(isThis);
    }

    @Override
    public void item(Item item, boolean deleted) {
        items.put(item.id(), new LiveItem(item, deleted));
        itemsVersion.incrementAndGet();
    }

    @Override
    public void likes(String userId, List<String> categories) {
        if (categories.isEmpty()) {
            likes.remove(userId);
        } else {
            likes.put(userId, List.copyOf(categories));
        }
    }

    @Override
    public void event(String userId, String itemId, Instant time) {
        String item = itemIds.computeIfAbsent(itemId, id -> id);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        users.merge(userId, Touched.NOTHING.with(item, micros), (touched, _) -> touched.with(item, micros));
    }
}
