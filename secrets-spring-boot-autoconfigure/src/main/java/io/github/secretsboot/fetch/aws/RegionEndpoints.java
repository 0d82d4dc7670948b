package io.github.secretsboot.fetch.aws;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where the service of each region is. For tests, registered in the bootstrap context;
 * AWS's own endpoints need no help.
 */
@FunctionalInterface
interface RegionEndpoints {

	/**
	 * The endpoint of a region, or with {@code null} of the application's own region.
	 */
	URI endpoint(@Nullable String region);

}
