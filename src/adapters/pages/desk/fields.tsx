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

/** One line of text in a filter. */
export function FilterField(props: {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
}): JSX.Element {
  return (
    <p class="field">
      <label for={`filter-${props.name}`}>{props.label}</label>
      <input
        id={`filter-${props.name}`}
        name={props.name}
        type="text"
        value={plainText(props.value ?? '')}
        autocapitalize="none"
        spellcheck={false}
      />
    </p>
  )
}

/** One of several in a filter; the first option is none of them. */
export function FilterChoice(props: {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
}): JSX.Element {
  const { name, label, value, options } = props
  return (
    <p class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">any</option>
        {options.map(([one, words]) => (
          <option value={one} selected={one === value}>
            {words}
          </option>
        ))}
      </select>
    </p>
  )
}
