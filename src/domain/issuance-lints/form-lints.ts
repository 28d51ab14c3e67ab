/** Lints on form: our own gate, the schema, safe mode, known members, links, look-alike siblings. */
import { IssuerError } from '../issuer-error.js'
import { canonicalJson, isJsonObject, member, pointerTo, textMember, walkJson } from '../json.js'
import { gateCredential } from '../raw-gate/credential-gate.js'
import { GateRefusal } from '../raw-gate/gate-refusal.js'
import { memberNamesAt } from './issued-members.js'
import type { FormFacts, Rule } from './lint.js'

export const passesOurGate: Rule<FormFacts> = {
  name: 'passes-our-gate',
  citation: 'docs/architecture.md, “The raw gate”; Open Badges 3.0 appendix A',
  check(document, facts) {
    try {
      const bytes = new TextEncoder().encode(JSON.stringify(document))
      gateCredential(bytes, { pinnedContexts: facts.pinnedContexts, proofRequired: false })
      return undefined
    } catch (error) {
      if (error instanceof GateRefusal || error instanceof IssuerError) return error.message
      throw error
    }
  },
}

export const schema: Rule<FormFacts> = {
  name: 'schema',
  citation: 'Open Badges 3.0 appendix E, AchievementCredential schema',
  check(_document, facts) {
    const fault = facts.schemaFaults[0]
    return fault === undefined ? undefined : `${fault.pointer || '/'} ${fault.detail}`
  },
}

export const safeMode: Rule<FormFacts> = {
  name: 'json-ld-safe-mode',
  citation: 'Certification guide 1.3; Data Integrity 1.0 section 4.2, data loss',
  check(_document, facts) {
    if ('refusal' in facts.canonical)
      return `The document cannot be canonicalised: ${facts.canonical.refusal}`
    return facts.canonical.nquads === '' ? 'The document says nothing as linked data.' : undefined
  },
}

export const noUnexpectedMember = onlyMembers('no-unexpected-member', memberNamesAt)

/** @param namesAt member names that an object at a pointer may have; undefined where none may stand */
export function onlyMembers(
  name: string,
  namesAt: (pointer: string) => readonly string[] | undefined,
): Rule<unknown> {
  return {
    name,
    citation: 'Credential profile: members',
    check(document) {
      for (const { value, pointer } of walkJson(document)) {
        if (!isJsonObject(value)) continue
        const allowed = namesAt(pointer)
        if (allowed === undefined)
          return `${pointer} is not a place where the profile has an object.`
        const extra = Object.keys(value).find((one) => !allowed.includes(one))
        if (extra !== undefined)
          return `${pointerTo(pointer, extra)} is not a member of the profile.`
      }
      return undefined
    },
  }
}

const LINKS = new Set(['url', 'targetUrl'])
const NAMES_OF_THINGS = /^(urn:uuid:|ni:\/\/\/|did:(key|web):)/

export const links: Rule<FormFacts> = {
  name: 'links-https-or-mailto',
  citation: 'Credential profile: links; threat G2',
  check(document, facts) {
    for (const { value, name, pointer } of walkJson(document)) {
      if (typeof value !== 'string') continue
      const isLink = LINKS.has(name)
      const isId = name === 'id' || name === 'statusListCredential'
      if (!isLink && !isId) continue
      if (value.startsWith('https://') || isOurs(value, facts.baseUrl)) continue
      if (isLink && value.startsWith('mailto:')) continue
      if (isId && NAMES_OF_THINGS.test(value)) continue
      return `${pointer} must be an https or mailto link.`
    }
    return undefined
  },
}

/** Our own URLs may be http: a laptop has no certificate. */
function isOurs(url: string, baseUrl: string): boolean {
  return url.startsWith(`${baseUrl}/`) || url === baseUrl
}

export const distinctSiblings: Rule<FormFacts> = {
  name: 'distinct-siblings',
  citation: 'RDF Dataset Canonicalization section 4.8, hash n-degree quads',
  check(document) {
    for (const { value, pointer } of walkJson(document)) {
      if (!Array.isArray(value)) continue
      const nameless = value.filter(
        (item) => isJsonObject(item) && textMember(item, 'id') === undefined,
      )
      const distinct = new Set(nameless.map((item) => canonicalJson(item)))
      if (distinct.size < nameless.length) {
        return `${pointer} has two equal items without an id, which canonicalisation cannot tell apart.`
      }
    }
    return undefined
  },
}

export const notYetSecured: Rule<FormFacts> = {
  name: 'not-yet-secured',
  citation: 'VC Data Model 2.0 section 4.12',
  check(document) {
    return member(document, 'proof') === undefined
      ? undefined
      : 'The draft already carries a proof.'
  },
}
