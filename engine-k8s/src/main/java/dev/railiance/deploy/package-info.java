/** Deployments with Helm: releases, their rollout and their traffic, as the engine's port asks for them. */
@NullMarked
package dev.railiance.deploy;

import org.jspecify.annotations.NullMarked;
