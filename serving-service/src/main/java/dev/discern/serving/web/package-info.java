/** The public REST API. */
@NullMarked
package dev.discern.serving.web;

import org.jspecify.annotations.NullMarked;
