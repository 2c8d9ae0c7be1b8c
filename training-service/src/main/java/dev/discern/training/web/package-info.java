/** The admin REST API of the training service. */
@NullMarked
package dev.discern.training.web;

import org.jspecify.annotations.NullMarked;
