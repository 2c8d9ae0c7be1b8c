/** What every service answers alike: problem details, API keys, API documentation, its end with its parent. */
@NullMarked
package dev.discern.web;

import org.jspecify.annotations.NullMarked;
