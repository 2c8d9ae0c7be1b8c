/** Items, users and who touched what: external ids, dense indices, time-ordered histories and their split. */
@NullMarked
package dev.discern.common.data;

import org.jspecify.annotations.NullMarked;
