/** Small parts that several pages share. */
import type { ComponentChildren, JSX } from 'preact'
import type { Alignment } from '../../domain/achievement.js'
import { ForeignLink } from './links.js'
import { plainText } from './plain-text.js'

/** A chapter of a page: its heading in the margin, its text beside it. */
export function Chapter(props: {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <section class="chapter" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <div class="chapter-body">{props.children}</div>
    </section>
  )
}

/** One line of a catalogue card: a small-caps label and what stands after it. */
export function Fact(props: {
  readonly label: string
  /** Whether it is left out on paper. */
  readonly screenOnly?: boolean
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class={props.screenOnly === true ? 'fact screen-only' : 'fact'}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** An identifier for machines, wrapped anywhere and set small. */
export function Identifier(props: { readonly children: string }): JSX.Element {
  return <code class="identifier">{plainText(props.children)}</code>
}

/** “MicroCredential” → “Micro-credential”, other types in words: “CertificateOfCompletion” → “Certificate of completion”. */
export function achievementTypeName(type: string): string {
  if (type === 'MicroCredential') return 'Micro-credential'
  const words = plainText(type)
    .replace(/^ext:/, '')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Where an achievement fits in published frameworks; links are followed only when https. */
export function AlignmentList(props: { readonly alignments: readonly Alignment[] }): JSX.Element {
  return (
    <ul class="entries">
      {props.alignments.map((alignment) => (
        <li>
          <h3 dir="auto">
            <ForeignLink href={alignment.targetUrl}>{plainText(alignment.targetName)}</ForeignLink>
          </h3>
          {alignment.targetFramework === undefined ? null : (
            <p class="quiet" dir="auto">
              {plainText(alignment.targetFramework)}
              {alignment.targetCode === undefined ? '' : `, ${plainText(alignment.targetCode)}`}
            </p>
          )}
          {alignment.targetDescription === undefined ? null : (
            <p dir="auto">{plainText(alignment.targetDescription)}</p>
          )}
        </li>
      ))}
    </ul>
  )
}
