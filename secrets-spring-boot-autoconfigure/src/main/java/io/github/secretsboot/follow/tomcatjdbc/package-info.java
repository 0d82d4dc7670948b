/**
 * Pools of Tomcat JDBC follow the credentials of their database.
 */
@NullMarked
package io.github.secretsboot.follow.tomcatjdbc;

import org.jspecify.annotations.NullMarked;
