/** What our letters say, in each language. A letter is a subject, lines before its link, and lines after. */
import type { LetterFacts, MailKind, MailLanguage } from '../../application/ports/mail.js'

export type Words = {
  readonly subject: string
  readonly before: readonly string[]
  /** What the link is called where it is a button. */
  readonly button: string
  readonly after: readonly string[]
}

type Write = (facts: LetterFacts) => Words

export const LETTERS: Readonly<Record<MailLanguage, Readonly<Record<MailKind, Write>>>> = {
  en: {
    'sign-in': ({ issuerName }) => ({
      subject: `Your link to the desk of ${issuerName}`,
      before: [`With this link you sign in to the desk of ${issuerName}.`],
      button: 'Sign in',
      after: [
        'It works once, for a quarter of an hour.',
        'If you did not ask for it, do nothing: without the link nobody is signed in.',
      ],
    }),
    invitation: ({ issuerName }) => ({
      subject: `You can work at the desk of ${issuerName}`,
      before: [
        `${issuerName} gives badges for work that reviewers have approved. You were invited to its desk, where they are released.`,
      ],
      button: 'Sign in',
      after: [
        'This link works once, for three days. Later you sign in with a link that you ask for there.',
        'If you do not know what this is about, do nothing.',
      ],
    }),
    badge: ({ issuerName, badgeName }) => ({
      subject: `Your badge: ${badgeName}`,
      before: [
        `Congratulations: ${issuerName} has awarded you the badge “${badgeName}”.`,
        'Behind this link you see it, download it, and decide what its public page shows: your name or not, your work or not. Until then the page shows what you agreed to with your application, and otherwise neither.',
      ],
      button: 'See your badge',
      after: [
        'The link saves once, within 60 days; the page of the badge sends you another whenever you want to change something. You need no account.',
        'If this is not for you, do nothing.',
      ],
    }),
    'claim-link': ({ badgeName }) => ({
      subject: `Your link to the badge: ${badgeName}`,
      before: [
        `Somebody, we hope you, asked for a link to your badge “${badgeName}”. Behind it you decide what its public page shows.`,
      ],
      button: 'Open your badge',
      after: [
        'The link saves once, within 60 days.',
        'If you did not ask for it, do nothing: only you have it.',
      ],
    }),
  },
  es: {
    'sign-in': ({ issuerName }) => ({
      subject: `Su enlace para entrar en la mesa de ${issuerName}`,
      before: [`Con este enlace entra usted en la mesa de trabajo de ${issuerName}.`],
      button: 'Entrar',
      after: [
        'Sirve una sola vez, durante un cuarto de hora.',
        'Si no lo ha pedido, no haga nada: sin el enlace nadie puede entrar.',
      ],
    }),
    invitation: ({ issuerName }) => ({
      subject: `Ya puede trabajar en la mesa de ${issuerName}`,
      before: [
        `${issuerName} concede insignias por trabajos que los evaluadores han aprobado. Le invitan a la mesa desde la que se publican.`,
      ],
      button: 'Entrar',
      after: [
        'Este enlace sirve una sola vez, durante tres días. Después podrá pedir allí uno nuevo cada vez.',
        'Si no sabe de qué se trata, no haga nada.',
      ],
    }),
    badge: ({ issuerName, badgeName }) => ({
      subject: `Su insignia: ${badgeName}`,
      before: [
        `Enhorabuena: ${issuerName} le ha concedido la insignia «${badgeName}».`,
        'Con este enlace puede verla, descargarla y decidir qué muestra su página pública: su nombre o no, su trabajo o no. Hasta entonces la página muestra solo lo que usted aceptó con su solicitud.',
      ],
      button: 'Ver su insignia',
      after: [
        'El enlace guarda una sola vez, durante 60 días; la página de la insignia le envía otro cuando quiera cambiar algo. No necesita ninguna cuenta.',
        'Si no es para usted, no haga nada.',
      ],
    }),
    'claim-link': ({ badgeName }) => ({
      subject: `Su enlace a la insignia: ${badgeName}`,
      before: [
        `Alguien, esperamos que usted, ha pedido un enlace a su insignia «${badgeName}». Con él decide qué muestra su página pública.`,
      ],
      button: 'Abrir su insignia',
      after: [
        'El enlace guarda una sola vez, durante 60 días.',
        'Si no lo ha pedido, no haga nada: solo usted lo tiene.',
      ],
    }),
  },
}
