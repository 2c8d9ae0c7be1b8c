/** What happened since the models were trained: the database's changes, followed while it runs, and kept while it does not. */
@NullMarked
package dev.discern.serving.live;

import org.jspecify.annotations.NullMarked;
