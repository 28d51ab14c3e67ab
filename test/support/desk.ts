/** A desk with somebody of each role, signed in as browsers are. */
import { inviteStaff } from '../../src/application/staff/manage-staff.js'
import type { Role } from '../../src/domain/staff.js'
import { BROWSER_ACCEPT } from './http-forms.js'
import { type HttpAnswer, type HttpService, openHttpService } from './http-service.js'
import type { TestServiceOptions } from './service.js'

const ACTOR = { name: 'test' }
export const FORM_TYPE = 'application/x-www-form-urlencoded'

export type Fields = Readonly<Record<string, string>>

/** A browser with its cookie. */
export type Browser = {
  /** As it stands in the header. */
  readonly cookie: string
  get(path: string): Promise<HttpAnswer>
  /** Sends a form as the page would, with the key that stands in the page. */
  post(path: string, fields?: Fields): Promise<HttpAnswer>
  /** The key of this session's forms. */
  formKey(): Promise<string>
}

export type Desk = HttpService & {
  /** Invites somebody and gives the path of their link. */
  invite(email: string, role: Role, district?: string): Promise<string>
  signIn(link: string): Promise<Browser>
  /** Somebody new of this role, signed in. */
  as(role: Role, district?: string): Promise<Browser>
}

export async function openDesk(options: TestServiceOptions = {}): Promise<Desk> {
  const http = await openHttpService(options)
  let people = 0
  const invite = async (email: string, role: Role, district?: string) => {
    const invited = await inviteStaff(
      http.service.issuing,
      ACTOR,
      { email, role, district },
      'by-hand',
    )
    return new URL(invited.link ?? '').pathname
  }
  const signIn = async (link: string) => {
    const answer = await http.send({ method: 'POST', path: link, headers: ownForm() })
    return browser(http, cookieIn(answer))
  }
  return {
    ...http,
    invite,
    signIn,
    as: async (role, district) => {
      people += 1
      return signIn(await invite(`${role}-${people}@example.org`, role, district))
    },
  }
}

/** Headers of a form that was sent from a page of ours. */
export function ownForm(): Fields {
  return { Accept: BROWSER_ACCEPT, 'Content-Type': FORM_TYPE, 'Sec-Fetch-Site': 'same-origin' }
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieIn({ status, headers, text }: HttpAnswer): string {
  const [cookie] = headers['set-cookie'] ?? []
  if (cookie === undefined) throw new Error(`no cookie: ${status} ${text}`)
  return cookie.split(';')[0] ?? ''
}

export function browser(http: HttpService, cookie: string): Browser {
  const get = (path: string) =>
    http.send({ path, headers: { Accept: BROWSER_ACCEPT, Cookie: cookie } })
  const formKey = async () => {
    const [, key] = /name="key" value="([0-9a-f]{64})"/.exec((await get('/staff')).text) ?? []
    return key ?? 'none'
  }
  return {
    cookie,
    get,
    formKey,
    post: async (path, fields = {}) =>
      http.send({
        method: 'POST',
        path,
        headers: { ...ownForm(), Cookie: cookie },
        body: new URLSearchParams({ key: await formKey(), ...fields }).toString(),
      }),
  }
}
