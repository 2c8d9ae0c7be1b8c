/** Data and prompts made for tests. */
package dev.discern.scoring.testing;
