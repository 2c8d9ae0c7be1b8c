/** The admin REST API of the scoring service. */
@NullMarked
package dev.discern.scoring.web;

import org.jspecify.annotations.NullMarked;
