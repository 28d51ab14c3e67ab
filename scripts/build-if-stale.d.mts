/** Compiles the sources when they are newer than `dist/`. Throws when they do not compile. */
export function buildIfStale(): void
