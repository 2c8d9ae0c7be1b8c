/** What keeps one caller, or many at once, from hurting the others. */
@NullMarked
package dev.discern.web.guard;

import org.jspecify.annotations.NullMarked;
