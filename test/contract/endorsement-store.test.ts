/** EndorsementStore on every database. */
import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { anEndorsement } from './records.js'

const SUBJECT = 'https://badges.example.org/achievements/sample/1'

describeEachDatabase('EndorsementStore', (open) => {
  it('gives back what was stored, byte for byte', async () => {
    const { endorsements } = (await open()).stores
    expect(await endorsements.insert(anEndorsement())).toBe(true)
    expect(await endorsements.find('code-1')).toEqual(anEndorsement())
    expect(await endorsements.find('code-2')).toBeUndefined()
  })

  it('takes a code once', async () => {
    const { endorsements } = (await open()).stores
    await endorsements.insert(anEndorsement())
    expect(await endorsements.insert(anEndorsement({ commentDigest: 'd2' }))).toBe(false)
    expect(await endorsements.find('code-1')).toEqual(anEndorsement())
  })

  it('takes the same words of one issuer about one subject once', async () => {
    const { endorsements } = (await open()).stores
    await endorsements.insert(anEndorsement())
    expect(await endorsements.insert(anEndorsement({ code: 'code-2' }))).toBe(false)
    expect(await endorsements.findSame('vista', SUBJECT, 'd1')).toEqual(anEndorsement())
    for (const other of [
      { issuer: 'nashville' },
      { subjectId: 'urn:x' },
      { commentDigest: 'd2' },
    ]) {
      const { issuer, subjectId, commentDigest } = anEndorsement(other)
      expect(await endorsements.findSame(issuer, subjectId, commentDigest)).toBeUndefined()
      const code = `other-${Object.keys(other).join()}`
      expect(await endorsements.insert(anEndorsement({ ...other, code }))).toBe(true)
    }
  })

  it('lists the last words of each issuer about a subject, oldest first, and no more than asked for', async () => {
    const { endorsements } = (await open()).stores
    const say = (code: string, issuer: string, subjectId = SUBJECT) =>
      endorsements.insert(anEndorsement({ code, issuer, subjectId, commentDigest: code }))
    await say('e', 'vista')
    await say('d', 'nashville')
    await say('c', 'vista')
    await say('b', 'prairie')
    await say('a', 'vista', 'urn:x')
    const codes = async (limit: number) =>
      (await endorsements.listAbout(SUBJECT, limit)).map(({ code }) => code)
    expect(await codes(9)).toEqual(['d', 'c', 'b'])
    expect(await codes(2)).toEqual(['d', 'c'])
    expect((await endorsements.listAbout('urn:y', 9)).length).toBe(0)
    const all = async (limit: number) => (await endorsements.list(limit)).map(({ code }) => code)
    expect(await all(9)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(await all(1)).toEqual(['e'])
  })
})
