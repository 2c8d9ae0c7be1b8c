package dev.discern.cli.data;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A data set that {@code --data NAME} fetches: address, size, checksum and licence of each file, all in this one place. The files are the
 * publishers' own and are never part of this repository.
 *
 * @param key its name on the command line
 * @param source name, publisher, licence, page
 */
record PublishedDataset(String key, String source, PublishedFormat format, List<RemoteFile> files) {

    /**
     * MovieTweetings, snapshot of 100,000 ratings (Dooms, De Pessemier, Martens 2013). The publisher names no checksum. The address holds
     * the commit, which fixes the content; size and SHA-256 were taken from an archived copy of that commit.
     */
    static final PublishedDataset MOVIETWEETINGS = new PublishedDataset(
            "movietweetings",
            "MovieTweetings 100K, Simon Dooms et al., MIT licence, https://github.com/sidooms/MovieTweetings",
            PublishedFormat.MOVIETWEETINGS,
            List.of(
                    new RemoteFile(
                            "movies.dat",
                            URI.create(
                                    "https://raw.githubusercontent.com/sidooms/MovieTweetings/4d8280a3f1ea83e3e23f13d1710d19f43564274f/snapshots/100K/movies.dat"),
                            542_192,
                            "e63fb84bc734e3c574f135634a40d3cbafab22b8f94f5fc0b80f80d1d2076efc"),
                    new RemoteFile(
                            "ratings.dat",
                            URI.create(
                                    "https://raw.githubusercontent.com/sidooms/MovieTweetings/4d8280a3f1ea83e3e23f13d1710d19f43564274f/snapshots/100K/ratings.dat"),
                            2_945_101,
                            "c0dd868c2632d10002ebc928ddc5345f33adeaa59eca52c2941c26a2c5e36fd6")));

    /**
     * MovieLens, the small one of 2018 (Harper, Konstan 2015). GroupLens names no checksum and may replace the file; size and SHA-256 are
     * those of TensorFlow Datasets' {@code url_checksums/movielens.txt}.
     */
    static final PublishedDataset ML_LATEST_SMALL = new PublishedDataset(
            "ml-latest-small",
            "MovieLens ml-latest-small, GroupLens, for research, non-commercial, https://grouplens.org/datasets/movielens/latest/",
            PublishedFormat.MOVIELENS,
            List.of(new RemoteFile(
                    "ml-latest-small.zip",
                    URI.create("https://files.grouplens.org/datasets/movielens/ml-latest-small.zip"),
                    978_202,
                    "696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436")));

    static final List<PublishedDataset> ALL = List.of(MOVIETWEETINGS, ML_LATEST_SMALL);

    PublishedDataset {
        files = List.copyOf(files);
    }

    /** A file at its publisher's; the SHA-256 in lower-case hex. */
    record RemoteFile(String name, URI address, long bytes, String sha256) {}

    /** The data set of a name on the command line. */
    static Optional<PublishedDataset> named(String name) {
        return ALL.stream().filter(dataset -> dataset.key.equals(name)).findFirst();
    }
}
