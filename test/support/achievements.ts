/** A plain achievement for tests: no rubric, art that needs no file. */
import { importAchievement } from '../../src/application/import-achievement.js'
import type { Service } from '../../src/main/compose.js'
import { SVG_ART } from './pictures.js'

/**
 * Imports it.
 * @param members beside the slug, or in the place of others, as they stand in a file
 * @throws what importing throws
 */
export async function importPlainAchievement(
  { issuing, achievementParser }: Service,
  slug: string,
  members: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = achievementParser.parse({
    slug,
    name: `Award ${slug}`,
    description: 'Awarded in a test.',
    criteria: 'Be there.',
    image: { file: 'art.svg', caption: 'A mark' },
    ...members,
  })
  await importAchievement(issuing, file, { mediaType: 'image/svg+xml', content: SVG_ART }, 'test')
}
