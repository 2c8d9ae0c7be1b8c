/** API keys and what they may do. */
@NullMarked
package dev.discern.web.security;

import org.jspecify.annotations.NullMarked;
