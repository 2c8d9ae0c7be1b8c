/** Pages that services write for people. */
@NullMarked
package dev.discern.web.html;

import org.jspecify.annotations.NullMarked;
