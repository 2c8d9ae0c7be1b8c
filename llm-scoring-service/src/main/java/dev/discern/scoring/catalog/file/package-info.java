/** Data files as rows: which format a file has, where a record ends, what it says or why it cannot be read. Knows no database. */
@NullMarked
package dev.discern.scoring.catalog.file;

import org.jspecify.annotations.NullMarked;
