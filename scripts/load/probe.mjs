import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createIssuer, createReviewSource } from '../faults/issuer.mjs'
import { createServing, findFreePort } from '../faults/serving.mjs'
import { createPoison } from './poison.mjs'
import { send } from './sending.mjs'
const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-load-'))
const address = `http://127.0.0.1:${await findFreePort()}`
const { environment, token } = await createIssuer(folder, { environment: { DATA_DIR: path.join(folder, 'data') } }, address)
const serving = createServing({ ...environment, VERIFY_WORKERS: '3', TRUSTED_PROXIES: '1' })
serving.start(); await serving.ready()
const answer = await fetch(`${address}/api/v1/reviews`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: JSON.stringify(createReviewSource()(1)) })
const { badge } = await answer.json()
const body = Buffer.from(await (await fetch(`${badge.url}.json`)).arrayBuffer())
const kinds=[{name:'honest',type:'application/json',body},...createPoison()]
for (let i=0;i<60;i++) await send(address,kinds[0],i)
for (const k of kinds){ const t=[]; let s; for(let i=0;i<15;i++){const a=await send(address,k,1000+Math.random()*20000|0);t.push(a.ms);s=a.status+' '+a.verdict}; t.sort((a,b)=>a-b); console.log(k.name,k.body.length,s,'min',t[0].toFixed(0),'med',t[7].toFixed(0),'max',t[14].toFixed(0))}
await serving.kill()
