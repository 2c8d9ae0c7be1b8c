/** Money: prices, the cap that no call may pass, and the ledger of every call. */
@NullMarked
package dev.discern.scoring.budget;

import org.jspecify.annotations.NullMarked;
