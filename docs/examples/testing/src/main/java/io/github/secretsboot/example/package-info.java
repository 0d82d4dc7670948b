/**
 * An application that signs webhooks, as an example of what to test.
 */
package io.github.secretsboot.example;
