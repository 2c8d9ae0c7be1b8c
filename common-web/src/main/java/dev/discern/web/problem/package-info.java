/** RFC 9457 problem details for every error of every layer. */
@NullMarked
package dev.discern.web.problem;

import org.jspecify.annotations.NullMarked;
