/** Where things are: the home folder, the repository, environment variables. */
@NullMarked
package dev.discern.cli.settings;

import org.jspecify.annotations.NullMarked;
