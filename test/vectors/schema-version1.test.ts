/** 1EdTech's sample of the Verifiable Credentials Data Model 1.1 passes the schema for that model. */
import { describe, expect, it } from 'vitest'
import { createSchemaChecker } from '../../src/adapters/documents/schema-checker.js'
import { isJsonObject, listMember } from '../../src/domain/json.js'
import { hasOfficialData } from '../support/official-data.js'
import { readVectors } from '../support/schema-oracle.js'

describe.skipIf(!hasOfficialData)('with the official data at ../shared/ob3 (else skipped)', () => {
  it('simple_v1 is valid by version 1.1 only', () => {
    const sample = readVectors().get('validator/simple_v1.json')
    if (!isJsonObject(sample)) throw new Error('simple_v1.json is not an object')
    const document = { ...sample, proof: listMember(sample, 'proof') }
    const checker = createSchemaChecker()
    expect(checker.check('achievement-credential-v1', document)).toEqual([])
    expect(checker.check('achievement-credential', document)).not.toEqual([])
  })

  it('the samples of version 2.0 are not valid by version 1.1', () => {
    const checker = createSchemaChecker()
    const simple = readVectors().get('validator/simple.json')
    expect(checker.check('achievement-credential', simple)).toEqual([])
    expect(checker.check('achievement-credential-v1', simple)).not.toEqual([])
  })
})
