/** Notifications: what happened to a promotion, told to whom its contract declares, as signed CloudEvents. */
@NullMarked
package dev.railiance.notification;

import org.jspecify.annotations.NullMarked;
