package dev.discern.scoring.catalog;

import java.nio.file.Path;

/**
 * A file that was sent to the service.
 *
 * @param id the SHA-256 of its bytes in hexadecimal: equal bytes, equal id
 * @param name as its sender calls it, without folders; messages use it
 * @param bytes its size
 * @param path where it is kept
 */
public record Upload(String id, String name, long bytes, Path path) {}
