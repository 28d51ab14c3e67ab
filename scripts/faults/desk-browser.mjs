/** Somebody at the desk, as far as a script needs it: signs in with a link, and sends forms. */

/**
 * @param link that signs in
 * @returns `post(page, path, fields)`: sends a form to `path` with the key that stands in `page`; resolves
 *   with the status and where it leads
 * @throws Error when a form is refused
 */
export async function createDeskBrowser(baseUrl, link) {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: baseUrl }
  const signedIn = await fetch(link, { method: 'POST', headers, redirect: 'manual' })
  const [cookie] = (signedIn.headers.get('set-cookie') ?? '').split(';')
  return {
    post: async (page, path, fields) => {
      const shown = await (await fetch(`${baseUrl}${page}`, { headers: { Cookie: cookie } })).text()
      const [, key = ''] = /name="key" value="(\w+)"/.exec(shown) ?? []
      const answer = await fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { ...headers, Cookie: cookie },
        body: new URLSearchParams({ ...fields, key }),
        redirect: 'manual',
      })
      if (answer.status !== 303) throw new Error(`${path} was answered ${answer.status}`)
      return { status: answer.status, location: answer.headers.get('location') }
    },
  }
}
