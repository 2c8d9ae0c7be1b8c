/** Data sets by name or folder, and the publishers' files behind the names. */
@NullMarked
package dev.discern.cli.data;

import org.jspecify.annotations.NullMarked;
