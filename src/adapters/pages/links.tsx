/** Links that came from outside: which may be followed, and how they are marked. */
import type { ComponentChildren, JSX } from 'preact'
import { plainText } from './plain-text.js'

/** Says to browsers and search engines that the link is not ours and is told nothing about us. */
const FOREIGN = 'noopener noreferrer nofollow ugc'

/** The normalised URL when it is https and carries no user name or password, else undefined. */
export function toHttpsUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === ''
  return isPlain ? url.href : undefined
}

/** A `mailto:` URL with an address and nothing else (no prepared subject or body), else undefined. */
export function toMailtoUrl(text: string): string | undefined {
  return /^mailto:[^\s?&"<>]+@[^\s?&"<>]+$/i.test(text) ? text : undefined
}

/**
 * A link to somebody else's page, with its host named beside it, so that the reader knows where it
 * leads. Anything but https is shown as the text alone.
 */
export function ForeignLink(props: {
  readonly href: string
  readonly children: ComponentChildren
}): JSX.Element {
  const href = toHttpsUrl(props.href)
  if (href === undefined) return <span>{props.children}</span>
  return (
    <>
      <a href={href} rel={FOREIGN}>
        {props.children}
      </a>{' '}
      <span class="host">{plainText(new URL(href).host)}</span>
    </>
  )
}

/** A link inside running text, already known to be https or mailto. */
export function ProseLink(props: {
  readonly href: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <a href={props.href} rel={FOREIGN}>
      {props.children}
    </a>
  )
}
