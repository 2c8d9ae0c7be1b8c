/** Flyway migrations, and the one store class of each table that two services touch. Plain JDBC. */
@NullMarked
package dev.discern.common.db;

import org.jspecify.annotations.NullMarked;
