package io.github.secretsboot.properties;

/**
 * A snapshot and the entry of {@code secrets.sources} that it is of: those of one entry
 * replace each other's properties silently.
 *
 * @param snapshot the snapshot
 * @param position the position of the entry
 */
public record PositionedSnapshot(MappedSnapshot snapshot, int position) {

}
