import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { anAchievement, NOW } from './records.js'

describeEachDatabase('CatalogueStore', (open) => {
  it('gives a version back as it was added', async () => {
    const { catalogue } = (await open()).stores
    const full = anAchievement({ inLanguage: 'en', rubric: [rubricRow] })
    const { validityMonths: _, ...unlimited } = anAchievement({ slug: 'unlimited' })
    expect(await catalogue.addVersion(full, NOW)).toBe(true)
    expect(await catalogue.addVersion(unlimited, NOW)).toBe(true)
    expect(await catalogue.findVersion(full.slug, 1)).toStrictEqual(full)
    expect(await catalogue.findVersion('unlimited', 1)).toStrictEqual(unlimited)
  })

  it('refuses a version that is there and leaves it as it was', async () => {
    const { catalogue } = (await open()).stores
    await catalogue.addVersion(anAchievement(), NOW)
    expect(await catalogue.addVersion(anAchievement({ name: 'Other' }), NOW)).toBe(false)
    expect((await catalogue.findVersion(anAchievement().slug, 1))?.name).toBe(anAchievement().name)
  })

  it('finds the newest version, by number and not by text', async () => {
    const { catalogue } = (await open()).stores
    for (const version of [9, 10, 2]) await catalogue.addVersion(anAchievement({ version }), NOW)
    expect((await catalogue.findLatest(anAchievement().slug))?.version).toBe(10)
    expect(await catalogue.findLatest('unknown')).toBeUndefined()
    expect(await catalogue.findVersion(anAchievement().slug, 3)).toBeUndefined()
  })

  it('lists the newest version of each slug by name, alike on every database', async () => {
    const { catalogue } = (await open()).stores
    await catalogue.addVersion(anAchievement({ slug: 'z', name: 'Zines' }), NOW)
    await catalogue.addVersion(anAchievement({ slug: 'e', name: 'Éditions' }), NOW)
    await catalogue.addVersion(anAchievement({ slug: 'f', name: 'films' }), NOW)
    await catalogue.addVersion(anAchievement({ slug: 'a', name: 'Old name' }), NOW)
    await catalogue.addVersion(anAchievement({ slug: 'a', version: 2, name: 'Animation' }), NOW)
    const listed = await catalogue.listLatest()
    expect(listed.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'Animation 2',
      'Éditions 1',
      'films 1',
      'Zines 1',
    ])
  })
})

const rubricRow = {
  criterion: 'reflection',
  name: 'Reflection',
  levels: [{ level: 'demonstrated', name: 'Demonstrated' }],
  requiredLevel: 'demonstrated',
}
