package dev.discern.serving.recommend;

import java.util.List;

/** Queries that differ from the default in one thing. */
record Queries(Query query) {

    static Queries user(String id) {
        return of(new Audience.User(id));
    }

    static Queries session(String... itemIds) {
        return of(new Audience.Session(List.of(itemIds)));
    }

    private static Queries of(Audience audience) {
        return new Queries(new Query(audience, 3, List.of(), CategoryMode.ANY, true, List.of(), false));
    }

    Queries k(int k) {
        return new Queries(new Query(
                query.audience(),
                k,
                query.categories(),
                query.categoryMode(),
                query.excludeSeen(),
                query.excludeItems(),
                query.explain()));
    }

    Queries categories(CategoryMode mode, String... names) {
        return new Queries(new Query(
                query.audience(),
                query.k(),
                List.of(names),
                mode,
                query.excludeSeen(),
                query.excludeItems(),
                query.explain()));
    }

    Queries withSeen() {
        return new Queries(new Query(
                query.audience(),
                query.k(),
                query.categories(),
                query.categoryMode(),
                false,
                query.excludeItems(),
                query.explain()));
    }

    Queries without(String... itemIds) {
        return new Queries(new Query(
                query.audience(),
                query.k(),
                query.categories(),
                query.categoryMode(),
                query.excludeSeen(),
                List.of(itemIds),
                query.explain()));
    }

    Queries explained() {
        return new Queries(new Query(
                query.audience(),
                query.k(),
                query.categories(),
                query.categoryMode(),
                query.excludeSeen(),
                query.excludeItems(),
                true));
    }
}
