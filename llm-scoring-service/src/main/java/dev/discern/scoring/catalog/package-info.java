/** Data in: uploads, the import job (read, validate, COPY, merge, reject file), and what the catalog holds. */
@NullMarked
package dev.discern.scoring.catalog;

import org.jspecify.annotations.NullMarked;
