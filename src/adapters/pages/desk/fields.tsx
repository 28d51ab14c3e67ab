/** Fields that several forms of the desk share. */
import type { JSX } from 'preact'
import { ROLES, type Standing } from '../../../domain/staff.js'
import { plainText } from '../plain-text.js'

/** What each role may do, as the person who chooses it reads it. */
const ROLE_WORDS: Readonly<Record<(typeof ROLES)[number], string>> = {
  admin: 'Admin: everything, people too',
  issuer: 'Issuer: reads and releases reviews',
  viewer: 'Viewer: reads reviews with their evidence',
  district: 'District: reads its own reviews, without evidence',
}

/** Role and district; `id` keeps several of them on one page apart. */
export function StandingFields(props: {
  readonly id: string
  readonly standing?: Standing
}): JSX.Element {
  const { id, standing } = props
  return (
    <>
      <p class="field">
        <label for={`${id}-role`}>Role</label>
        <select id={`${id}-role`} name="role">
          {ROLES.map((role) => (
            <option value={role} selected={role === (standing?.role ?? 'issuer')}>
              {ROLE_WORDS[role]}
            </option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for={`${id}-district`}>District, for the role of that name</label>
        <input
          id={`${id}-district`}
          name="district"
          type="text"
          value={plainText(standing?.district ?? '')}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
      </p>
    </>
  )
}
