/** Builds when they are newer than `dist/`. Throws when they do not compile. */
export function buildIfStale(): Promise<void>
